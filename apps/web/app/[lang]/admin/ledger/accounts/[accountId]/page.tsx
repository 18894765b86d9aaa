import type { Metadata } from 'next';
import { api, orNotFound } from '../../../../../../lib/api.ts';
import { getMarketplace } from '../../../../../../lib/marketplace.ts';
import { codeText, translator } from '../../../../../../lib/messages.ts';
import { paths } from '../../../../../../lib/paths.ts';
import { periodOf, timesOf } from '../../../../../../lib/period.ts';
import { requireOperator } from '../../../../../../lib/studio.ts';
import { subjectNames } from '../../../../../../lib/subject-names.ts';
import { AccountOwner } from '../../../../../../ui/account-owner.tsx';
import { NextPage } from '../../../../../../ui/next-page.tsx';
import { PeriodForm } from '../../../../../../ui/period-form.tsx';
import { StatementTable } from '../../../../../../ui/statement-table.tsx';
import { WalletHold } from '../../../../../../ui/wallet-hold.tsx';

type Props = {
  readonly params: Promise<{ lang: string; accountId: string }>;
  readonly searchParams: Promise<{ cursor?: string; from?: string; to?: string }>;
};

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  return { title: translator((await params).lang)('balance.statement') };
}

/** Any account of the ledger over a period, entry by entry. */
export default async function AccountPage({ params, searchParams }: Props) {
  const [{ lang, accountId }, { cursor, ...asked }] = [await params, await searchParams];
  await requireOperator('admin');
  const [{ timeZone }, client, t] = [await getMarketplace(lang), await api(lang), translator(lang)];
  const period = periodOf(asked, timeZone, new Date());
  const { account, statement } = await orNotFound(
    client.payments.getAccountStatement({
      accountId,
      ...timesOf(period, timeZone),
      limit: 50,
      cursor,
    }),
  );
  const names = await subjectNames(client, [account.storeId, account.memberId]);
  const path = paths.adminAccount(lang, accountId);
  return (
    <>
      <h1 className="text-3xl font-bold">{codeText(t, 'purpose', account.purpose)}</h1>
      <p className="break-all text-ink-muted">
        {t(`owner.${account.owner}`)} ·{' '}
        {account.owner !== 'platform' && (
          <>
            <AccountOwner account={account} lang={lang} names={names} /> ·{' '}
          </>
        )}
        {account.currency}
      </p>
      {account.purpose === 'wallet' && account.memberId !== null && (
        <WalletHold lang={lang} memberId={account.memberId} />
      )}
      <PeriodForm
        action={path}
        period={period}
        labels={{ from: t('statement.from'), to: t('statement.to'), show: t('statement.show') }}
      />
      <StatementTable
        statement={statement}
        lang={lang}
        t={t}
        hrefOf={({ transferId }) => paths.adminTransfer(lang, transferId)}
      />
      <NextPage path={path} query={period} cursor={statement.nextCursor} label={t('browse.more')} />
    </>
  );
}
