import type { Metadata } from 'next';
import { api, orUndefined } from '../../../../lib/api.ts';
import { formatMoney } from '../../../../lib/format.ts';
import { getMarketplace } from '../../../../lib/marketplace.ts';
import { translator } from '../../../../lib/messages.ts';
import { paths } from '../../../../lib/paths.ts';
import { periodOf, timesOf } from '../../../../lib/period.ts';
import { requireStore } from '../../../../lib/studio.ts';
import { DebtEntries } from '../../../../ui/debt-entries.tsx';
import { NextPage } from '../../../../ui/next-page.tsx';
import { PayoutAccountSection } from '../../../../ui/payout-account.tsx';
import { PayoutHistory, PayoutPlanSection } from '../../../../ui/payouts.tsx';
import { PeriodForm } from '../../../../ui/period-form.tsx';
import { StatementTable } from '../../../../ui/statement-table.tsx';

const STATEMENT_FORMATS = ['csv', 'pdf'] as const;

type Props = {
  readonly params: Promise<{ lang: string }>;
  readonly searchParams: Promise<{ cursor?: string; payouts?: string; kind?: string; from?: string; to?: string }>;
};

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  return { title: translator((await params).lang)('studio.balance') };
}

export default async function BalancePage({ params, searchParams }: Props) {
  const [{ lang }, { cursor, payouts: payoutCursor, kind: accountKind, ...asked }] = [await params, await searchParams];
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
        currency,
        ...timesOf(period, timeZone),
        limit: 50,
        cursor,
      }),
      none,
    ),
    orUndefined(client.payments.listPayouts({ storeId, limit: 10, cursor: payoutCursor }), none),
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
      {(money?.owedMinor ?? 0) > 0 && <DebtEntries lang={lang} storeId={storeId} currency={currency} />}
      <PayoutAccountSection
        lang={lang}
        owner={{ ownerKind: 'store', ownerId: storeId, currency }}
        kind={accountKind}
        path={path}
      />
      <PayoutPlanSection lang={lang} store={{ id: storeId, currency }} holdDays={payout.holdDays} />
      <PayoutHistory lang={lang} page={payouts ?? { items: [], nextCursor: null }} path={path} />
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
