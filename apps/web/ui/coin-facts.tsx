import { CopyButton } from './copy-button.tsx';

export type CoinFact = {
  readonly name: string;
  readonly value: string;
  /** What is copied; facts that nobody types elsewhere have none. */
  readonly copy?: string;
  readonly isCode?: boolean;
};

/** Amounts and addresses to be copied exactly. An address breaks anywhere rather than run out of a phone. */
export function CoinFacts({ facts, copy, copied }: { facts: readonly CoinFact[]; copy: string; copied: string }) {
  return (
    <dl className="divide-y divide-line text-left">
      {facts.map((fact) => (
        <div key={fact.name} className="py-2">
          <dt className="text-sm text-ink-muted">{fact.name}</dt>
          <dd className="flex items-center justify-between gap-3">
            <span className={`min-w-0 ${fact.isCode === true ? 'font-mono text-sm break-all' : 'font-semibold'}`}>
              {fact.value}
            </span>
            {fact.copy !== undefined && <CopyButton text={fact.copy} label={copy} copied={copied} />}
          </dd>
        </div>
      ))}
    </dl>
  );
}
