import type { ShipmentGroup } from '@plaza/orders/contract';
import { formatDateTime, formatMoney } from '../lib/format.ts';
import { translator } from '../lib/messages.ts';
import { moneyParts } from '../lib/money-parts.ts';

const COLORS = {
  due: 'bg-warning',
  held: 'bg-accent',
  waiting: 'bg-warning',
  released: 'bg-success',
  refunded: 'bg-ink-muted',
} as const;

type Props = { readonly lang: string; readonly group: ShipmentGroup; readonly isBuyer: boolean };

/** Where the money of a store's part is: a bar of what is due at the door, held, with the seller, and back with the buyer. */
export function MoneyPath({ lang, group, isBuyer }: Props) {
  const t = translator(lang);
  const total = group.total.amountMinor;
  const parts = moneyParts(group);
  if (parts.length === 0) return null;
  const isTimed = group.held.amountMinor > 0 && group.dueTime !== null;
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
      <WhatWaits lang={lang} waiting={group.waiting} isBuyer={isBuyer} />
      {isTimed && (
        <p className="text-sm text-ink-muted">
          {t('money.until', { time: formatDateTime(group.dueTime ?? '', lang) })}
        </p>
      )}
    </figure>
  );
}

/** What was set off and has not happened yet, for whom, and what it waits for. */
function WhatWaits({ lang, waiting, isBuyer }: Pick<Props, 'lang' | 'isBuyer'> & Pick<ShipmentGroup, 'waiting'>) {
  const t = translator(lang);
  if (waiting === null) return null;
  const { until } = waiting;
  return (['refund', 'release'] as const)
    .filter((name) => waiting[name].amountMinor > 0)
    .map((name) => {
      const amount = formatMoney(waiting[name], lang);
      const reader = isBuyer ? 'buyer' : 'others';
      return (
        <p key={name} role="note">
          {until === 'ruling'
            ? t('money.waits.ruling', { amount })
            : t(`money.waits.decision.${name}.${reader}`, { amount })}
        </p>
      );
    });
}
