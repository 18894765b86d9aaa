import type { ShipmentGroup } from '@plaza/orders/contract';
import { formatDateTime, formatMoney } from '../lib/format.ts';
import { translator } from '../lib/messages.ts';

const COLORS = { due: 'bg-warning', held: 'bg-accent', released: 'bg-success', refunded: 'bg-ink-muted' } as const;

/** Where the money of a store's part is: a bar of what is due at the door, held, with the seller, and back with the buyer. */
export function MoneyPath({ lang, group }: { lang: string; group: ShipmentGroup }) {
  const t = translator(lang);
  const total = group.total.amountMinor;
  const parts = (['due', 'held', 'released', 'refunded'] as const)
    .map((name) => ({ name, amount: group[name] }))
    .filter(({ amount }) => amount.amountMinor > 0);
  if (parts.length === 0) return null;
  const isWaiting = group.held.amountMinor > 0 && group.dueTime !== null;
  return (
    <figure className="space-y-2">
      <figcaption className="font-semibold">{t('money.title')}</figcaption>
      <div className="flex h-3 gap-0.5 overflow-hidden rounded-full" aria-hidden="true">
        {parts.map(({ name, amount }) => (
          <span key={name} className={COLORS[name]} style={{ flexGrow: amount.amountMinor / total, flexBasis: 0 }} />
        ))}
      </div>
      <ul className="flex flex-wrap gap-x-6 gap-y-1 text-sm">
        {parts.map(({ name, amount }) => (
          <li key={name} className="flex items-center gap-2">
            <span className={`size-3 rounded-full ${COLORS[name]}`} aria-hidden="true" />
            {t(`money.${name}`)}
            <span className="font-semibold">{formatMoney(amount, lang)}</span>
          </li>
        ))}
      </ul>
      {isWaiting && (
        <p className="text-sm text-ink-muted">
          {t('money.until', { time: formatDateTime(group.dueTime ?? '', lang) })}
        </p>
      )}
    </figure>
  );
}
