import { Icon } from './icon.tsx';

/** Whether a check of the books came out well, in words and color. */
export function Verdict({ isGood, text }: { isGood: boolean; text: string }) {
  return (
    <p
      role="status"
      className={`flex items-center gap-3 rounded-medium p-4 font-medium ${isGood ? 'bg-success text-on-success' : 'bg-danger text-on-danger'}`}
    >
      <Icon name={isGood ? 'check' : 'close'} />
      {text}
    </p>
  );
}
