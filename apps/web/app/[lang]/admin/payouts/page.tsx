import { randomUUID } from 'node:crypto';
import { PayoutState } from '@plaza/payments/contract';
import type { Metadata } from 'next';
import Link from 'next/link';
import { acceptPayoutAccount, createPayoutBatch, decidePayout } from '../../../../lib/actions/payout-desk.ts';
import { api } from '../../../../lib/api.ts';
import { formatDateTime, formatMoney } from '../../../../lib/format.ts';
import { getMarketplace } from '../../../../lib/marketplace.ts';
import { translator } from '../../../../lib/messages.ts';
import { paths } from '../../../../lib/paths.ts';
import { requireOperator } from '../../../../lib/studio.ts';
import { DecidePayoutForm } from '../../../../ui/decide-payout-form.tsx';
import { NextPage } from '../../../../ui/next-page.tsx';
import { StateBadge } from '../../../../ui/order-list.tsx';
import { notesOf, PayoutBadge } from '../../../../ui/payouts.tsx';
import { SimpleForm } from '../../../../ui/simple-form.tsx';
import { WideTable } from '../../../../ui/wide-table.tsx';

type Props = {
  readonly params: Promise<{ lang: string }>;
  readonly searchParams: Promise<{ state?: string; cursor?: string; batches?: string }>;
};

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  return { title: translator((await params).lang)('balance.payouts') };
}

/** What waits for an operator, the batches, and every payout. */
export default async function PayoutsPage({ params, searchParams }: Props) {
  const [{ lang }, { state: asked, cursor, batches: batchCursor }] = [await params, await searchParams];
  await requireOperator('admin');
  const [client, t, { currency }] = [await api(lang), translator(lang), await getMarketplace(lang)];
  const state = PayoutState.safeParse(asked).data;
  const path = paths.adminPayouts(lang);
  const [waiting, accounts, batches, page] = await Promise.all([
    client.payments.listAllPayouts({ limit: 50, state: 'awaiting_approval' }),
    client.payments.listPayoutAccountsToAccept({}),
    client.payments.listPayoutBatches({ limit: 10, ...(batchCursor === undefined ? {} : { cursor: batchCursor }) }),
    client.payments.listAllPayouts({
      limit: 20,
      ...(state === undefined ? {} : { state }),
      ...(cursor === undefined ? {} : { cursor }),
    }),
  ]);
  return (
    <>
      <h1 className="text-3xl font-bold">{t('balance.payouts')}</h1>
      <section className="space-y-3" aria-labelledby="approve">
        <h2 id="approve" className="text-xl font-bold">
          {t('payoutDesk.toApprove')}
        </h2>
        {waiting.items.length === 0 && <p className="card p-5 text-ink-muted">{t('admin.nothing')}</p>}
        <ul className="space-y-3">
          {waiting.items.map((payout) => (
            <li key={payout.id} className="card space-y-3 p-4">
              <p className="flex flex-wrap justify-between gap-2">
                <Link className="link font-semibold" href={paths.adminPayout(lang, payout.id)}>
                  {formatMoney(payout.amount, lang)} → {payout.destination.bankName} •••• {payout.destination.last4}
                </Link>
                <span className="text-sm text-ink-muted">{formatDateTime(payout.createdTime, lang)}</span>
              </p>
              <p>
                {[
                  payout.destination.holderName,
                  ...payout.approvalReasons.map((reason) => t(`payoutReason.${reason}`)),
                ].join(' · ')}
              </p>
              <DecidePayoutForm
                action={decidePayout.bind(null, lang, payout.id)}
                idempotencyKey={randomUUID()}
                labels={{
                  approve: t('payoutDesk.approve'),
                  reject: t('payoutDesk.reject'),
                  reason: t('payoutDesk.reason'),
                }}
              />
            </li>
          ))}
        </ul>
      </section>
      {accounts.items.length > 0 && (
        <section className="space-y-3" aria-labelledby="accounts">
          <h2 id="accounts" className="text-xl font-bold">
            {t('payoutDesk.toAccept')}
          </h2>
          <p className="max-w-prose text-ink-muted">{t('payoutDesk.acceptHint')}</p>
          <ul className="card divide-y divide-line">
            {accounts.items.map((account) => (
              <li key={account.id} className="flex flex-wrap items-center justify-between gap-3 p-4">
                <div>
                  <p className="font-medium">
                    {account.bankName} •••• {account.last4}
                  </p>
                  <p className="text-sm text-ink-muted">{account.holderName}</p>
                </div>
                <SimpleForm
                  action={acceptPayoutAccount.bind(null, lang, account.id)}
                  fields={[]}
                  submit={t('payoutDesk.accept')}
                  pending={t('form.pending')}
                  idempotencyKey={`${account.id}-accept`}
                />
              </li>
            ))}
          </ul>
        </section>
      )}
      <section className="space-y-3" aria-labelledby="batches">
        <h2 id="batches" className="text-xl font-bold">
          {t('payoutDesk.batches')}
        </h2>
        <SimpleForm
          action={createPayoutBatch.bind(null, lang, currency)}
          fields={[]}
          submit={t('payoutDesk.makeBatch')}
          pending={t('form.pending')}
          idempotencyKey={randomUUID()}
          buttonClassName="button button-quiet"
        />
        {batches.items.length === 0 ? (
          <p className="card p-5 text-ink-muted">{t('admin.nothing')}</p>
        ) : (
          <ul className="card divide-y divide-line">
            {batches.items.map((batch) => (
              <li key={batch.id} className="flex flex-wrap items-center justify-between gap-2 p-4">
                <div className="min-w-48 grow">
                  <Link className="link font-medium" href={paths.adminPayoutBatch(lang, batch.id)}>
                    {batch.provider} · {formatDateTime(batch.createdTime, lang)}
                  </Link>
                  <p className="text-sm text-ink-muted">{t('payoutDesk.count', { count: batch.payoutCount })}</p>
                </div>
                <StateBadge
                  label={t(`payoutBatch.${batch.state}`)}
                  isFinal={batch.state === 'settled' || batch.state === 'part_failed'}
                />
                <p className="ml-auto min-w-24 text-right font-heading font-bold">{formatMoney(batch.sum, lang)}</p>
              </li>
            ))}
          </ul>
        )}
        <NextPage path={path} cursor={batches.nextCursor} label={t('browse.more')} name="batches" />
      </section>
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
            <thead>
              <tr>
                <th scope="col">{t('payoutDesk.to')}</th>
                <th scope="col">{t('payoutDesk.state')}</th>
                <th scope="col" className="!text-right">
                  {t('table.amount')}
                </th>
              </tr>
            </thead>
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
        <NextPage
          path={path}
          cursor={page.nextCursor}
          label={t('browse.more')}
          {...(state === undefined ? {} : { query: { state } })}
        />
      </section>
    </>
  );
}
