import type { Metadata } from 'next';
import Link from 'next/link';
import { api } from '../../../../lib/api.ts';
import { formatDateTime, formatMoney, formatNumber } from '../../../../lib/format.ts';
import { getMarketplace } from '../../../../lib/marketplace.ts';
import { codeText, translator } from '../../../../lib/messages.ts';
import { paths } from '../../../../lib/paths.ts';
import { beginOf, dayIn, isDay, nextDay } from '../../../../lib/period.ts';
import { requireOperator } from '../../../../lib/studio.ts';
import { NextPage } from '../../../../ui/next-page.tsx';
import { TransferEntries } from '../../../../ui/transfer-entries.tsx';
import { Verdict } from '../../../../ui/verdict.tsx';
import { WideTable } from '../../../../ui/wide-table.tsx';

type Props = {
  readonly params: Promise<{ lang: string }>;
  readonly searchParams: Promise<{ cursor?: string; until?: string; verify?: string }>;
};

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  return { title: translator((await params).lang)('admin.ledger') };
}

/** Every movement of money, and whether the books balance. Purposes and kinds keep the names the ledger has. */
export default async function LedgerPage({ params, searchParams }: Props) {
  const [{ lang }, { cursor, until, verify }] = [await params, await searchParams];
  await requireOperator('admin');
  const [{ timeZone }, client, t] = [await getMarketplace(lang), await api(lang), translator(lang)];
  const day = isDay(until) ? until : undefined;
  const [trial, journal, page] = await Promise.all([
    client.payments.getTrialBalance(day === undefined ? {} : { atTime: beginOf(nextDay(day), timeZone).toISOString() }),
    client.payments.getJournal({}),
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
      <section className="space-y-3" aria-labelledby="journal">
        <h2 id="journal" className="text-xl font-bold">
          {t('ledger.journal')}
        </h2>
        <p>
          {t('ledger.journalState', {
            linked: formatNumber(journal.linkCount, lang),
            waiting: formatNumber(journal.waitingCount, lang),
          })}
        </p>
        <p className="break-all font-mono text-sm text-ink-muted">
          {journal.linkCount}:{journal.headHash}
        </p>
        {verify === undefined ? (
          <form action={paths.adminLedger(lang)}>
            <button type="submit" name="verify" value="all" className="button button-quiet">
              {t('ledger.verify')}
            </button>
          </form>
        ) : (
          <JournalVerdict lang={lang} />
        )}
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
                <Link className="font-semibold" href={paths.adminTransfer(lang, transfer.id)}>
                  {codeText(t, 'transfer', transfer.kind)}
                </Link>
                <span className="text-sm text-ink-muted">{formatDateTime(transfer.createdTime, lang)}</span>
              </p>
              {transfer.orderId !== null && (
                <Link className="link break-all text-sm" href={paths.adminOrder(lang, transfer.orderId)}>
                  {transfer.orderId}
                </Link>
              )}
              <TransferEntries entries={transfer.entries} lang={lang} t={t} />
            </li>
          ))}
        </ul>
        <NextPage path={paths.adminLedger(lang)} cursor={page.nextCursor} label={t('browse.more')} />
      </section>
    </>
  );
}

/** Recomputes the whole chain; only when asked, because that reads every transfer. */
async function JournalVerdict({ lang }: { lang: string }) {
  const [client, t] = [await api(lang), translator(lang)];
  const { isIntact, linkCount, firstBroken, outsideTransferId } = await client.payments.verifyJournal({});
  if (isIntact) return <Verdict isGood text={t('admin.chainIntact', { count: formatNumber(linkCount, lang) })} />;
  const text =
    firstBroken === null
      ? t('ledger.outside', { transfer: outsideTransferId ?? '' })
      : t('admin.chainBroken', { sequence: formatNumber(firstBroken.sequence, lang) });
  return <Verdict isGood={false} text={text} />;
}
