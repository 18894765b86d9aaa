import type { ShipmentGroup } from '@plaza/orders/contract';
import { formatDateTime, formatMoney, textIn } from '../lib/format.ts';
import { translator } from '../lib/messages.ts';
import { Timeline } from './timeline.tsx';

/** What happened to a store's part of an order; open until it has come to its end. */
export function GroupTimeline({ lang, group, isBuyer }: { lang: string; group: ShipmentGroup; isBuyer: boolean }) {
  const t = translator(lang);
  const { currency } = group.total;
  const told = ([name, value]: [string, string]) =>
    name.endsWith('Minor') ? formatMoney({ amountMinor: Number(value), currency }, lang) : value;
  return (
    <details open={!group.isFinal}>
      <summary className="mb-2 font-semibold">{t('order.timeline')}</summary>
      <Timeline
        entries={group.timeline.map((entry) => ({
          key: `${entry.action}-${entry.time}`,
          title: textIn(entry.label, lang),
          detail: Object.entries(entry.details).map(told).join(' · '),
          by: t(entry.by === 'buyer' && !isBuyer ? 'role.buyer' : `actor.${entry.by}`),
          time: formatDateTime(entry.time, lang),
        }))}
      />
    </details>
  );
}
