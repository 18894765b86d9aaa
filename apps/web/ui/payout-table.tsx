import { PayoutState } from '@plaza/payments/contract';
import { api } from '../lib/api.ts';
import { formatMoney } from '../lib/format.ts';
import { translator } from '../lib/messages.ts';
import { paths } from '../lib/paths.ts';
import { Link } from './link.tsx';
import { NextPage } from './next-page.tsx';
import { notesOf, PayoutBadge } from './payouts.tsx';
import { TableHead, WideTable } from './wide-table.tsx';

type Props = {
  readonly lang: string;
  readonly state: PayoutState | undefined;
  readonly cursor: string | undefined;
};

/** Every payout, newest first, or those in one state. */
export async function PayoutTable({ lang, state, cursor }: Props) {
  const [client, t, path] = [await api(lang), translator(lang), paths.adminPayouts(lang)];
  const page = await client.payments.listAllPayouts({ limit: 20, state, cursor });
  return (
    <section className="space-y-3" aria-labelledby="all">
      <h2 id="all" className="text-xl font-bold">
        {t('payoutDesk.all')}
      </h2>
      <form action={path} className="flex max-w-md items-end gap-2">
        <label className="grow space-y-1">
          <span className="block text-sm font-medium">{t('payoutDesk.state')}</span>
          <select className="input" name="state" defaultValue={state ?? ''} key={state}>
            <option value="">{t('payoutDesk.any')}</option>
            {PayoutState.options.map((each) => (
              <option key={each} value={each}>
                {t(`payout.${each}`)}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" className="button button-quiet">
          {t('statement.show')}
        </button>
      </form>
      {page.items.length === 0 ? (
        <p className="card p-5 text-ink-muted">{t('admin.nothing')}</p>
      ) : (
        <WideTable label={t('payoutDesk.all')}>
          <TableHead columns={[t('payoutDesk.to'), t('payoutDesk.state'), { number: t('table.amount') }]} />
          <tbody>
            {page.items.map((payout) => (
              <tr key={payout.id}>
                <th scope="row" className="!font-normal !text-ink">
                  <Link className="link" href={paths.adminPayout(lang, payout.id)}>
                    {payout.destination.bankName} •••• {payout.destination.last4}
                  </Link>
                  <span className="block text-sm text-ink-muted">{notesOf(payout, lang).join(' · ')}</span>
                </th>
                <td>
                  <PayoutBadge payout={payout} lang={lang} />
                </td>
                <td className="whitespace-nowrap text-right">{formatMoney(payout.amount, lang)}</td>
              </tr>
            ))}
          </tbody>
        </WideTable>
      )}
      <NextPage path={path} cursor={page.nextCursor} label={t('browse.more')} query={{ state }} />
    </section>
  );
}
