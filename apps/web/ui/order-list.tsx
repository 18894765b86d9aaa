import type { OrderSummary } from '@plaza/orders/contract';
import { formatDate, formatMoney, textIn } from '../lib/format.ts';
import { translator } from '../lib/messages.ts';
import { Link } from './link.tsx';
import { Thumb } from './thumb.tsx';

type Props = {
  readonly orders: readonly OrderSummary[];
  readonly lang: string;
  readonly hrefOf: (order: OrderSummary) => string;
};

/** Orders or sales as rows: what, when, how it stands, how much. */
export function OrderList({ orders, lang, hrefOf }: Props) {
  const t = translator(lang);
  return (
    <ul className="space-y-3">
      {orders.map((order) => (
        <li key={`${order.id}-${order.groupId}`} className="card relative flex items-center gap-4 p-4">
          <Thumb url={order.imageUrl} />
          <div className="min-w-0 grow">
            <h2 className="truncate font-semibold">
              <Link href={hrefOf(order)} className="after:absolute after:inset-0">
                {order.title}
                {order.quantity > 1 && ` × ${order.quantity}`}
              </Link>
            </h2>
            <p className="truncate text-sm text-ink-muted">
              {order.number} · {formatDate(order.placedTime, lang)} · {order.storeNames.join(', ')}
            </p>
            <p className="mt-1 flex flex-wrap gap-1.5">
              {badgesOf(order.states, lang).map(({ label, isFinal }) => (
                <StateBadge key={label} label={label} isFinal={isFinal} />
              ))}
              {order.needsAction && (
                <span className="inline-flex items-center gap-1.5 text-sm font-medium">
                  <span aria-hidden="true" className="size-2.5 rounded-full bg-primary" />
                  {t('order.needsAction')}
                </span>
              )}
            </p>
          </div>
          <p className="shrink-0 font-heading font-bold">{formatMoney(order.total, lang)}</p>
        </li>
      ))}
    </ul>
  );
}

/** What is read alike is shown once: the stores of one order are often equally far. */
function badgesOf(states: OrderSummary['states'], lang: string): { label: string; isFinal: boolean }[] {
  const badges = new Map<string, { label: string; isFinal: boolean }>();
  for (const { label, isFinal } of states) {
    const text = textIn(label, lang);
    badges.set(text, { label: text, isFinal: isFinal && badges.get(text)?.isFinal !== false });
  }
  return [...badges.values()];
}

/** How something stands: tinted while it goes on, quiet when it is over. */
export function StateBadge({ label, isFinal }: { label: string; isFinal: boolean }) {
  return (
    <span
      className={`inline-block rounded-full px-2.5 py-0.5 text-sm font-medium ${isFinal ? 'bg-muted text-ink' : 'bg-primary text-on-primary'}`}
    >
      {label}
    </span>
  );
}
