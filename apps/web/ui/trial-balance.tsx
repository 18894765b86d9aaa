import { api } from '../lib/api.ts';
import { formatMoney, formatNumber } from '../lib/format.ts';
import { getMarketplace } from '../lib/marketplace.ts';
import { codeText, translator } from '../lib/messages.ts';
import { paths } from '../lib/paths.ts';
import { beginOf, dayIn, nextDay } from '../lib/period.ts';
import { Link } from './link.tsx';
import { Verdict } from './verdict.tsx';
import { TableHead, WideTable } from './wide-table.tsx';

/** Whether the books balance: now, or as they stood at the end of a day. */
export async function TrialBalance({ lang, day }: { lang: string; day: string | undefined }) {
  const [client, t, { timeZone }] = [await api(lang), translator(lang), await getMarketplace(lang)];
  const atTime = day === undefined ? {} : { atTime: beginOf(nextDay(day), timeZone).toISOString() };
  const trial = await client.payments.getTrialBalance(atTime);
  return (
    <>
      <Verdict isGood={trial.isBalanced} text={t(trial.isBalanced ? 'admin.balanced' : 'admin.unbalanced')} />
      <section className="space-y-3" aria-labelledby="trial">
        <h2 id="trial" className="text-xl font-bold">
          {t('admin.trialBalance')}
        </h2>
        <form action={paths.adminLedger(lang)} className="flex flex-wrap items-end gap-3">
          <label className="space-y-1">
            <span className="block text-sm font-medium">{t('ledger.until')}</span>
            <input
              className="input"
              type="date"
              name="until"
              defaultValue={day ?? dayIn(timeZone, new Date())}
              key={day}
            />
          </label>
          <button type="submit" className="button button-quiet">
            {t('statement.show')}
          </button>
        </form>
        <WideTable label={t('admin.trialBalance')}>
          <TableHead columns={[t('admin.purpose'), { number: t('admin.accounts') }, { number: t('table.balance') }]} />
          <tbody>
            {trial.lines.map(({ purpose, currency, accounts, balanceMinor }) => (
              <tr key={`${currency}-${purpose}`}>
                <th scope="row" className="!font-normal !text-ink">
                  <Link
                    className="link"
                    href={`${paths.adminAccounts(lang)}?${new URLSearchParams({ purpose, currency })}`}
                  >
                    {codeText(t, 'purpose', purpose)}
                  </Link>
                </th>
                <td className="text-right">{formatNumber(accounts, lang)}</td>
                <td className="whitespace-nowrap text-right">
                  {formatMoney({ amountMinor: balanceMinor, currency }, lang)}
                </td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            {trial.totals.map(({ currency, sumMinor }) => (
              <tr key={currency}>
                <th scope="row" colSpan={2}>
                  {t('total.total')} {currency}
                </th>
                <td className="whitespace-nowrap text-right font-bold">
                  {formatMoney({ amountMinor: sumMinor, currency }, lang)}
                </td>
              </tr>
            ))}
          </tfoot>
        </WideTable>
      </section>
    </>
  );
}
