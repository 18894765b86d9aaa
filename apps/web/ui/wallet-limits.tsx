import type { Wallet } from '@plaza/payments/contract';
import { formatMoney } from '../lib/format.ts';
import { translator } from '../lib/messages.ts';
import { TableHead, WideTable } from './wide-table.tsx';

const LIMITS = ['balance', 'topUpPerDay', 'payPerDay', 'withdrawPerDay'] as const;

/** What a member may do with their wallet at their verification level, and how much of it is used. */
export function WalletLimits({ lang, wallet }: { lang: string; wallet: Wallet }) {
  const t = translator(lang);
  const of = (amountMinor: number) => formatMoney({ amountMinor, currency: wallet.currency }, lang);
  return (
    <section className="space-y-3" aria-labelledby="limits">
      <h2 id="limits" className="text-xl font-bold">
        {t('wallet.limits')} <span className="chip font-normal">{t(`wallet.level.${wallet.verificationLevel}`)}</span>
      </h2>
      <p className="text-sm text-ink-muted">{t('wallet.limitsHint')}</p>
      <WideTable label={t('wallet.limits')}>
        <TableHead
          columns={[
            t('table.what'),
            ...(['wallet.used', 'wallet.left', 'wallet.limit'] as const).map((key) => ({ number: t(key) })),
          ]}
        />
        <tbody>
          {LIMITS.map((name) => {
            const { usedMinor, leftMinor, limitMinor } = wallet.limits[name];
            return (
              <tr key={name}>
                <th scope="row" className="!font-normal">
                  {t(`wallet.limit.${name}`)}
                </th>
                <td className="whitespace-nowrap text-right">{of(usedMinor)}</td>
                <td className="whitespace-nowrap text-right">{of(leftMinor)}</td>
                <td className="whitespace-nowrap text-right">{of(limitMinor)}</td>
              </tr>
            );
          })}
        </tbody>
      </WideTable>
    </section>
  );
}
