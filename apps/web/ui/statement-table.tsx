import type { Statement } from '@plaza/payments/contract';
import { formatMoney } from '../lib/format.ts';
import type { Translate } from '../lib/messages.ts';
import { MovementsTable } from './movements-table.tsx';

type Props = {
  readonly statement: Statement;
  readonly lang: string;
  readonly t: Translate;
  /** Where a movement is explained, if anywhere. */
  readonly hrefOf: (line: Statement['items'][number]) => string | undefined;
};

/** A period of an account: what it held, what came and went, what it holds; then every movement, the oldest first. */
export function StatementTable({ statement, lang, t, hrefOf }: Props) {
  const of = (amountMinor: number) => formatMoney({ amountMinor, currency: statement.currency }, lang);
  const totals = [
    ['statement.opening', statement.openingMinor],
    ['statement.in', statement.inMinor],
    ['statement.out', statement.outMinor],
    ['statement.closing', statement.closingMinor],
  ] as const;
  return (
    <>
      <dl className="grid grid-cols-2 gap-3 xl:grid-cols-4">
        {totals.map(([key, amountMinor]) => (
          <div key={key} className="card p-4">
            <dt className="text-sm text-ink-muted">{t(key)}</dt>
            <dd className="font-heading text-lg font-bold">{of(amountMinor)}</dd>
          </div>
        ))}
      </dl>
      {statement.items.length === 0 ? (
        <p className="card p-5 text-ink-muted">{t('balance.noStatement')}</p>
      ) : (
        <MovementsTable lang={lang} label={t('balance.statement')} movements={statement.items} hrefOf={hrefOf} />
      )}
    </>
  );
}
