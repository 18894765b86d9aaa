import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import Link from 'next/link';
import { requestPayout } from '../../../../lib/actions/studio-money.ts';
import { api, orUndefined } from '../../../../lib/api.ts';
import { formatDate, formatDateTime, formatMoney } from '../../../../lib/format.ts';
import { getMarketplace } from '../../../../lib/marketplace.ts';
import { codeText, translator } from '../../../../lib/messages.ts';
import { paths } from '../../../../lib/paths.ts';
import { requireStore } from '../../../../lib/studio.ts';
import { NextPage } from '../../../../ui/next-page.tsx';
import { StateBadge } from '../../../../ui/order-list.tsx';
import { SimpleForm } from '../../../../ui/simple-form.tsx';
import { WideTable } from '../../../../ui/wide-table.tsx';

type Props = {
  readonly params: Promise<{ lang: string }>;
  readonly searchParams: Promise<{ cursor?: string; payouts?: string }>;
};

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  return { title: translator((await params).lang)('studio.balance') };
}

export default async function BalancePage({ params, searchParams }: Props) {
  const [{ lang }, { cursor, payouts: payoutCursor }] = [await params, await searchParams];
  const store = await requireStore(lang, paths.studioBalance(lang));
  const [{ currency, payout }, client, t] = [await getMarketplace(lang), await api(lang), translator(lang)];
  const storeId = store.id;
  const none = 'STORE_ACCOUNT_NOT_FOUND';
  const [balance, statement, payouts] = await Promise.all([
    orUndefined(client.payments.getBalance({ storeId }), none),
    orUndefined(
      client.payments.listStatement({
        storeId,
        currency: currency as never,
        limit: 20,
        ...(cursor === undefined ? {} : { cursor }),
      }),
      none,
    ),
    orUndefined(
      client.payments.listPayouts({
        storeId,
        limit: 10,
        ...(payoutCursor === undefined ? {} : { cursor: payoutCursor }),
      }),
      none,
    ),
  ]);
  const money = balance?.balances.find((each) => each.currency === currency);
  const of = (amountMinor: number) => formatMoney({ amountMinor, currency }, lang);
  return (
    <>
      <h1 className="text-3xl font-bold">{t('studio.balance')}</h1>
      <dl className="grid gap-3 sm:grid-cols-2 xl:grid-cols-4">
        {(['available', 'pending', 'inTransit', 'owed'] as const).map((key) => (
          <div key={key} className="card p-5">
            <dt className="text-ink-muted">{t(`balance.${key}`)}</dt>
            <dd className="font-heading text-2xl font-bold">{of(money?.[`${key}Minor`] ?? 0)}</dd>
          </div>
        ))}
      </dl>
      <section className="card max-w-xl space-y-4 p-5" aria-labelledby="payout">
        <h2 id="payout" className="text-xl font-bold">
          {t('balance.request')}
        </h2>
        <p className="text-sm text-ink-muted">{t('balance.minimum', { amount: of(payout.minimumMinor) })}</p>
        <SimpleForm
          action={requestPayout.bind(null, lang, { id: store.id, currency })}
          fields={[
            { name: 'amount.amount', label: t('edit.amount', { currency }), required: true, inputMode: 'decimal' },
            { name: 'destination.bankName', label: t('balance.bankName'), required: true, maxLength: 100 },
            { name: 'destination.holderName', label: t('balance.holderName'), required: true, maxLength: 200 },
            {
              name: 'destination.accountNumber',
              label: t('balance.accountNumber'),
              required: true,
              minLength: 4,
              maxLength: 34,
              autoComplete: 'off',
              hint: t('balance.accountHint'),
            },
          ]}
          submit={t('balance.request')}
          pending={t('form.pending')}
          idempotencyKey={randomUUID()}
        />
      </section>
      <section className="space-y-3" aria-labelledby="payouts">
        <h2 id="payouts" className="text-xl font-bold">
          {t('balance.payouts')}
        </h2>
        {(payouts?.items ?? []).length === 0 ? (
          <p className="card p-5 text-ink-muted">{t('balance.noPayouts')}</p>
        ) : (
          <ul className="card divide-y divide-line">
            {payouts?.items.map((each) => (
              <li key={each.id} className="flex flex-wrap items-center justify-between gap-2 p-4">
                <div>
                  <p className="font-medium">
                    {each.destination.bankName} •••• {each.destination.last4}
                  </p>
                  <p className="text-sm text-ink-muted">
                    {[formatDate(each.createdTime, lang), each.failureReason].filter(Boolean).join(' · ')}
                  </p>
                </div>
                <StateBadge label={t(`payout.${each.state}`)} isFinal={each.state !== 'requested'} />
                <p className="font-heading font-bold">{formatMoney(each.amount, lang)}</p>
              </li>
            ))}
          </ul>
        )}
        <NextPage
          path={paths.studioBalance(lang)}
          cursor={payouts?.nextCursor ?? null}
          label={t('browse.more')}
          name="payouts"
        />
      </section>
      <section className="space-y-3" aria-labelledby="statement">
        <h2 id="statement" className="text-xl font-bold">
          {t('balance.statement')}
        </h2>
        {(statement?.items ?? []).length === 0 ? (
          <p className="card p-5 text-ink-muted">{t('balance.noStatement')}</p>
        ) : (
          <WideTable label={t('balance.statement')}>
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
              {statement?.items.map((line) => (
                <tr key={`${line.transferId}-${line.balanceAfterMinor}`}>
                  <td className="whitespace-nowrap">{formatDateTime(line.createdTime, lang)}</td>
                  <td>
                    {line.orderId === null ? (
                      codeText(t, 'transfer', line.kind)
                    ) : (
                      <Link className="link" href={paths.studioSale(lang, line.orderId)}>
                        {codeText(t, 'transfer', line.kind)}
                      </Link>
                    )}
                  </td>
                  <td className="whitespace-nowrap text-right font-medium">{formatMoney(line.amount, lang)}</td>
                  <td className="whitespace-nowrap text-right">{of(line.balanceAfterMinor)}</td>
                </tr>
              ))}
            </tbody>
          </WideTable>
        )}
        <NextPage path={paths.studioBalance(lang)} cursor={statement?.nextCursor ?? null} label={t('browse.more')} />
      </section>
    </>
  );
}
