import type { Metadata } from 'next';
import Link from 'next/link';
import { api } from '../../../../lib/api.ts';
import { formatDateTime, formatMoney, formatNumber } from '../../../../lib/format.ts';
import { codeText, translator } from '../../../../lib/messages.ts';
import { paths } from '../../../../lib/paths.ts';
import { requireOperator } from '../../../../lib/studio.ts';
import { NextPage } from '../../../../ui/next-page.tsx';
import { Verdict } from '../../../../ui/verdict.tsx';
import { WideTable } from '../../../../ui/wide-table.tsx';

type Props = {
  readonly params: Promise<{ lang: string }>;
  readonly searchParams: Promise<{ cursor?: string }>;
};

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  return { title: translator((await params).lang)('admin.ledger') };
}

/** Every movement of money, and whether the books balance. Purposes and kinds keep the names the ledger has. */
export default async function LedgerPage({ params, searchParams }: Props) {
  const [{ lang }, { cursor }] = [await params, await searchParams];
  await requireOperator('admin');
  const [client, t] = [await api(lang), translator(lang)];
  const [trial, page] = await Promise.all([
    client.payments.getTrialBalance({}),
    client.payments.listTransfers({ limit: 20, ...(cursor === undefined ? {} : { cursor }) }),
  ]);
  return (
    <>
      <h1 className="text-3xl font-bold">{t('admin.ledger')}</h1>
      <Verdict isGood={trial.isBalanced} text={t(trial.isBalanced ? 'admin.balanced' : 'admin.unbalanced')} />
      <section className="space-y-3" aria-labelledby="trial">
        <h2 id="trial" className="text-xl font-bold">
          {t('admin.trialBalance')}
        </h2>
        <WideTable label={t('admin.trialBalance')}>
          <thead>
            <tr>
              <th scope="col">{t('admin.purpose')}</th>
              <th scope="col" className="!text-right">
                {t('admin.accounts')}
              </th>
              <th scope="col" className="!text-right">
                {t('table.balance')}
              </th>
            </tr>
          </thead>
          <tbody>
            {trial.lines.map(({ purpose, currency, accounts, balanceMinor }) => (
              <tr key={`${currency}-${purpose}`}>
                <th scope="row" className="!font-normal !text-ink">
                  {codeText(t, 'purpose', purpose)}
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
      <section className="space-y-3" aria-labelledby="transfers">
        <h2 id="transfers" className="text-xl font-bold">
          {t('admin.transfers')}
        </h2>
        {page.items.length === 0 && <p className="card p-5 text-ink-muted">{t('admin.nothing')}</p>}
        <ul className="space-y-3">
          {page.items.map((transfer) => (
            <li key={transfer.id} className="card p-4">
              <p className="flex flex-wrap justify-between gap-2">
                <span className="font-semibold">{codeText(t, 'transfer', transfer.kind)}</span>
                <span className="text-sm text-ink-muted">{formatDateTime(transfer.createdTime, lang)}</span>
              </p>
              {transfer.orderId !== null && (
                <Link className="link break-all text-sm" href={paths.adminOrder(lang, transfer.orderId)}>
                  {transfer.orderId}
                </Link>
              )}
              <dl className="mt-2 space-y-1 text-sm">
                {transfer.entries.map((entry) => (
                  <div key={`${entry.accountId}-${entry.amountMinor}`} className="flex justify-between gap-4">
                    <dt>
                      {t(`owner.${entry.owner}`)} · {codeText(t, 'purpose', entry.purpose)}
                    </dt>
                    <dd className="whitespace-nowrap font-medium">
                      {formatMoney({ amountMinor: entry.amountMinor, currency: entry.currency }, lang)}
                    </dd>
                  </div>
                ))}
              </dl>
            </li>
          ))}
        </ul>
        <NextPage path={paths.adminLedger(lang)} cursor={page.nextCursor} label={t('browse.more')} />
      </section>
    </>
  );
}
