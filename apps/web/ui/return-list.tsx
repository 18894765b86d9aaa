import type { ReturnSummary } from '@plaza/orders/contract';
import { formatDateTime, textIn } from '../lib/format.ts';
import { Link } from './link.tsx';
import { StateBadge } from './order-list.tsx';

type Props = {
  readonly lang: string;
  readonly title: string;
  readonly returns: readonly ReturnSummary[];
  readonly hrefOf: (orderId: string) => string;
};

/** Returns that wait for their reader. Nothing when there are none. */
export function ReturnList({ lang, title, returns, hrefOf }: Props) {
  if (returns.length === 0) return null;
  return (
    <section className="space-y-3" aria-label={title}>
      <h2 className="text-xl font-bold">{title}</h2>
      <ul className="card divide-y divide-line">
        {returns.map((each) => (
          <li key={each.id} className="relative flex flex-wrap items-start justify-between gap-3 p-4">
            <div className="min-w-40 grow">
              <h3 className="font-semibold">
                <Link href={hrefOf(each.orderId)} className="after:absolute after:inset-0">
                  {each.title}
                </Link>
              </h3>
              <p className="text-sm text-ink-muted">
                {each.number} · {each.storeName} · {formatDateTime(each.createdTime, lang)}
              </p>
              <p className="[overflow-wrap:anywhere]">{each.reason}</p>
            </div>
            <StateBadge label={textIn(each.stateLabel, lang)} isFinal={false} />
          </li>
        ))}
      </ul>
    </section>
  );
}
