import type { Money } from '@plaza/kernel';
import { formatDateTime, formatMoney } from '../lib/format.ts';
import { codeText, translator } from '../lib/messages.ts';
import { Link } from './link.tsx';
import { TableHead, WideTable } from './wide-table.tsx';

type Movement = {
  readonly transferId: string;
  readonly kind: string;
  readonly amount: Money;
  readonly balanceAfterMinor: number;
  readonly createdTime: string;
};

/** Movements of an account, each with the balance behind it. `hrefOf`: where one is explained, if anywhere. */
export function MovementsTable<Line extends Movement>({
  lang,
  label,
  movements,
  hrefOf,
}: {
  lang: string;
  label: string;
  movements: readonly Line[];
  hrefOf: (line: Line) => string | undefined;
}) {
  const t = translator(lang);
  return (
    <WideTable label={label}>
      <TableHead
        columns={[t('table.time'), t('table.what'), { number: t('table.amount') }, { number: t('table.balance') }]}
      />
      <tbody>
        {movements.map((line) => {
          const href = hrefOf(line);
          const what = codeText(t, 'transfer', line.kind);
          const balance = { amountMinor: line.balanceAfterMinor, currency: line.amount.currency };
          return (
            <tr key={line.transferId}>
              <td className="whitespace-nowrap">{formatDateTime(line.createdTime, lang)}</td>
              <td>
                {href === undefined ? (
                  what
                ) : (
                  <Link className="link" href={href}>
                    {what}
                  </Link>
                )}
              </td>
              <td className="whitespace-nowrap text-right font-medium">{formatMoney(line.amount, lang)}</td>
              <td className="whitespace-nowrap text-right">{formatMoney(balance, lang)}</td>
            </tr>
          );
        })}
      </tbody>
    </WideTable>
  );
}
