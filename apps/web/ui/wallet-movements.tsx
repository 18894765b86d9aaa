import type { WalletMovement } from '@plaza/payments/contract';
import Link from 'next/link';
import { formatDateTime, formatMoney } from '../lib/format.ts';
import { codeText, translator } from '../lib/messages.ts';
import { paths } from '../lib/paths.ts';
import { WideTable } from './wide-table.tsx';

/** What has moved in a wallet, newest first; a purchase and a refund lead to their order. */
export function WalletMovements({ lang, movements }: { lang: string; movements: readonly WalletMovement[] }) {
  const t = translator(lang);
  if (movements.length === 0) return <p className="card p-5 text-ink-muted">{t('wallet.noMovements')}</p>;
  return (
    <WideTable label={t('wallet.movements')}>
      <thead>
        <tr>
          <th scope="col">{t('table.time')}</th>
          <th scope="col">{t('table.what')}</th>
          <th scope="col" className="!text-right">
            {t('table.amount')}
          </th>
          <th scope="col" className="!text-right">
            {t('table.balance')}
          </th>
        </tr>
      </thead>
      <tbody>
        {movements.map(({ transferId, kind, orderId, amount, balanceAfterMinor, createdTime }) => {
          const what = codeText(t, 'transfer', kind);
          const balance = { amountMinor: balanceAfterMinor, currency: amount.currency };
          return (
            <tr key={transferId}>
              <td className="whitespace-nowrap">{formatDateTime(createdTime, lang)}</td>
              <td>
                {orderId === null ? (
                  what
                ) : (
                  <Link className="link" href={paths.order(lang, orderId)}>
                    {what}
                  </Link>
                )}
              </td>
              <td className="whitespace-nowrap text-right font-medium">{formatMoney(amount, lang)}</td>
              <td className="whitespace-nowrap text-right">{formatMoney(balance, lang)}</td>
            </tr>
          );
        })}
      </tbody>
    </WideTable>
  );
}
