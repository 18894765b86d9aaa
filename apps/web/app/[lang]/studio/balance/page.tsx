import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { requestPayout } from '../../../../lib/actions/studio-money.ts';
import { api, orUndefined } from '../../../../lib/api.ts';
import { formatDate, formatMoney } from '../../../../lib/format.ts';
import { getMarketplace } from '../../../../lib/marketplace.ts';
import { translator } from '../../../../lib/messages.ts';
import { paths } from '../../../../lib/paths.ts';
import { periodOf, timesOf } from '../../../../lib/period.ts';
import { requireStore } from '../../../../lib/studio.ts';
import { NextPage } from '../../../../ui/next-page.tsx';
import { StateBadge } from '../../../../ui/order-list.tsx';
import { PeriodForm } from '../../../../ui/period-form.tsx';
import { SimpleForm } from '../../../../ui/simple-form.tsx';
import { StatementTable } from '../../../../ui/statement-table.tsx';

const STATEMENT_FORMATS = ['csv', 'pdf'] as const;

type Props = {
  readonly params: Promise<{ lang: string }>;
  readonly searchParams: Promise<{ cursor?: string; payouts?: string; from?: string; to?: string }>;
};

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  return { title: translator((await params).lang)('studio.balance') };
}

export default async function BalancePage({ params, searchParams }: Props) {
  const [{ lang }, { cursor, payouts: payoutCursor, ...asked }] = [await params, await searchParams];
  const path = paths.studioBalance(lang);
  const store = await requireStore(lang, path);
  const [{ currency, payout, timeZone }, client, t] = [await getMarketplace(lang), await api(lang), translator(lang)];
  const storeId = store.id;
  const period = periodOf(asked, timeZone, new Date());
  const none = 'STORE_ACCOUNT_NOT_FOUND';
  const [balance, statement, payouts] = await Promise.all([
    orUndefined(client.payments.getBalance({ storeId }), none),
    orUndefined(
      client.payments.getStatement({
        storeId,
        currency: currency as never,
        ...timesOf(period, timeZone),
        limit: 50,
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
        <NextPage path={path} cursor={payouts?.nextCursor ?? null} label={t('browse.more')} name="payouts" />
      </section>
      <section className="space-y-3" aria-labelledby="statement">
        <h2 id="statement" className="text-xl font-bold">
          {t('balance.statement')}
        </h2>
        <PeriodForm
          action={path}
          period={period}
          labels={{ from: t('statement.from'), to: t('statement.to'), show: t('statement.show') }}
        />
        {statement !== undefined && (
          <>
            <p className="flex flex-wrap gap-4">
              {STATEMENT_FORMATS.map((format) => (
                <a
                  key={format}
                  className="link"
                  href={paths.studioStatement(lang, { ...period, format })}
                  rel="nofollow"
                >
                  {t(`statement.${format}`)}
                </a>
              ))}
            </p>
            <StatementTable
              statement={statement}
              lang={lang}
              t={t}
              hrefOf={({ orderId }) => (orderId === null ? undefined : paths.studioSale(lang, orderId))}
            />
            <NextPage path={path} query={period} cursor={statement.nextCursor} label={t('browse.more')} />
          </>
        )}
      </section>
    </>
  );
}
