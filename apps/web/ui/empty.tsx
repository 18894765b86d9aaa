import { Icon, type IconName } from './icon.tsx';
import { Link } from './link.tsx';

/** What a list shows that has nothing: what it is for, and a way on. */
export function Empty({
  icon,
  title,
  hint,
  action,
}: {
  icon: IconName;
  title: string;
  hint?: string;
  action?: { readonly href: string; readonly label: string };
}) {
  return (
    <div className="card grid place-items-center gap-3 px-6 py-14 text-center">
      <Icon name={icon} size={44} className="text-ink-muted" />
      <p className="text-lg font-semibold">{title}</p>
      {hint !== undefined && <p className="max-w-prose text-ink-muted">{hint}</p>}
      {action !== undefined && (
        <Link href={action.href} className="button button-primary">
          {action.label}
        </Link>
      )}
    </div>
  );
}
