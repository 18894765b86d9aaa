import type { Metadata } from 'next';
import { api, orNotFound } from '../../../../../lib/api.ts';
import { formatMoney, formatNumber } from '../../../../../lib/format.ts';
import { codeText, translator } from '../../../../../lib/messages.ts';
import { paths } from '../../../../../lib/paths.ts';
import { requireOperator } from '../../../../../lib/studio.ts';
import { subjectNames } from '../../../../../lib/subject-names.ts';
import { AccountOwner } from '../../../../../ui/account-owner.tsx';
import { Link } from '../../../../../ui/link.tsx';
import { NextPage } from '../../../../../ui/next-page.tsx';
import { TableHead, WideTable } from '../../../../../ui/wide-table.tsx';

type Props = {
  readonly params: Promise<{ lang: string }>;
  readonly searchParams: Promise<{ purpose?: string; currency?: string; memberId?: string; cursor?: string }>;
};

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  return { title: translator((await params).lang)('admin.accounts') };
}

/** Accounts of the ledger, of one purpose when the address says so. */
export default async function AccountsPage({ params, searchParams }: Props) {
  const [{ lang }, { purpose, currency, memberId, cursor }] = [await params, await searchParams];
  await requireOperator('admin');
  const [client, t] = [await api(lang), translator(lang)];
  const filter = { purpose, currency, memberId };
  const page = await orNotFound(client.payments.listAccounts({ ...(filter as object), limit: 50, cursor }));
  const names = await subjectNames(
    client,
    page.items.flatMap(({ storeId, memberId: owner }) => [storeId, owner]),
  );
  return (
    <>
      <h1 className="text-3xl font-bold">{t('admin.accounts')}</h1>
      {purpose !== undefined && (
        <p className="text-ink-muted">{[codeText(t, 'purpose', purpose), currency].filter(Boolean).join(' · ')}</p>
      )}
      {page.items.length === 0 ? (
        <p className="card p-5 text-ink-muted">{t('admin.nothing')}</p>
      ) : (
        <WideTable label={t('admin.accounts')}>
          <TableHead
            columns={[
              t('admin.purpose'),
              t('ledger.owner'),
              { number: t('ledger.entries') },
              { number: t('table.balance') },
            ]}
          />
          <tbody>
            {page.items.map((account) => (
              <tr key={account.id}>
                <th scope="row" className="!font-normal">
                  <Link className="link" href={paths.adminAccount(lang, account.id)}>
                    {codeText(t, 'purpose', account.purpose)}
                  </Link>
                </th>
                <td>
                  <AccountOwner account={account} lang={lang} names={names} />
                </td>
                <td className="text-right">{formatNumber(account.entryCount, lang)}</td>
                <td className="whitespace-nowrap text-right">
                  {formatMoney({ amountMinor: account.balanceMinor, currency: account.currency }, lang)}
                </td>
              </tr>
            ))}
          </tbody>
        </WideTable>
      )}
      <NextPage path={paths.adminAccounts(lang)} query={filter} cursor={page.nextCursor} label={t('browse.more')} />
    </>
  );
}
