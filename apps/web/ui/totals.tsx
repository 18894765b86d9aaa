import type { Money } from '@plaza/kernel';
import { formatMoney } from '../lib/format.ts';
import { translator } from '../lib/messages.ts';

const ROWS = ['subtotal', 'discount', 'shipping', 'taxAdded', 'taxIncluded'] as const;

type Amounts = Readonly<Record<(typeof ROWS)[number] | 'total', Money>>;

/** What things cost together, as the API says: nothing is added up here. */
export function Totals({ totals, lang }: { totals: Amounts; lang: string }) {
  const t = translator(lang);
  const shown = ROWS.filter((key) => key === 'subtotal' || totals[key].amountMinor !== 0);
  return (
    <dl className="space-y-1.5">
      {shown.map((key) => (
        <div key={key} className={`flex justify-between ${key === 'taxIncluded' ? 'text-sm text-ink-muted' : ''}`}>
          <dt>{t(`total.${key}`)}</dt>
          <dd>
            {key === 'discount' && '−'}
            {formatMoney(totals[key], lang)}
          </dd>
        </div>
      ))}
      <div className="flex justify-between border-t border-line pt-2 text-lg font-bold">
        <dt>{t('total.total')}</dt>
        <dd data-testid="total">{formatMoney(totals.total, lang)}</dd>
      </div>
    </dl>
  );
}
