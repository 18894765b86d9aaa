import type { Currency } from '@plaza/kernel';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { api } from '../../../../lib/api.ts';
import { typedPriceMinor } from '../../../../lib/browse-query.ts';
import { formatMoney } from '../../../../lib/format.ts';
import { getMarketplace } from '../../../../lib/marketplace.ts';
import { translator } from '../../../../lib/messages.ts';
import { paths } from '../../../../lib/paths.ts';
import { periodOf } from '../../../../lib/period.ts';
import { requireMember } from '../../../../lib/session.ts';
import { NextPage } from '../../../../ui/next-page.tsx';
import { PeriodForm } from '../../../../ui/period-form.tsx';
import { RefreshUntilDone } from '../../../../ui/refresh.tsx';
import { TopUp } from '../../../../ui/top-up.tsx';
import { WalletLimits } from '../../../../ui/wallet-limits.tsx';
import { WalletMovements } from '../../../../ui/wallet-movements.tsx';
import { Withdrawals } from '../../../../ui/withdrawals.tsx';

const FORMATS = ['csv', 'pdf'] as const;

type Query = {
  readonly cursor?: string;
  readonly from?: string;
  readonly to?: string;
  /** What to top up: minor units of a suggestion, or an amount that was typed. */
  readonly minor?: string;
  readonly amount?: string;
  readonly topUp?: string;
  readonly kind?: string;
};
type Props = { readonly params: Promise<{ lang: string }>; readonly searchParams: Promise<Query> };

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  return { title: (await getMarketplace((await params).lang)).wallet?.name ?? '', robots: { index: false } };
}

/** The member's wallet: what is in it, how to fill it, what it may do, and what has moved. */
export default async function WalletPage({ params, searchParams }: Props) {
  const [{ lang }, query] = [await params, await searchParams];
  const member = await requireMember(lang, paths.wallet(lang));
  const [marketplace, client, t] = [await getMarketplace(lang), await api(lang), translator(lang)];
  const { currency, timeZone } = marketplace;
  if (marketplace.wallet === undefined) notFound();
  const [wallet, movements] = await Promise.all([
    client.payments.getWallet({}),
    client.payments.listWalletMovements({ limit: 20, cursor: query.cursor }),
  ]);
  const period = periodOf(query, timeZone, new Date());
  const of = (amountMinor: number) => formatMoney({ amountMinor, currency }, lang);
  const sums = (['available', 'reserved', 'coming', 'owed'] as const)
    .map((key) => ({ key, amountMinor: wallet[`${key}Minor`] }))
    .filter(({ key, amountMinor }) => key === 'available' || amountMinor > 0);
  return (
    <>
      <h1 className="text-3xl font-bold">{marketplace.wallet.name}</h1>
      {(query.topUp === 'done' || query.topUp === 'pending') && (
        <p role="status" className="rounded-small bg-success p-3 font-medium text-on-success">
          {t(query.topUp === 'done' ? 'wallet.toppedUp' : 'wallet.topUpPending')}
        </p>
      )}
      {wallet.state === 'frozen' && (
        <p role="alert" className="rounded-small bg-warning p-3 font-medium text-on-warning">
          {t('wallet.frozen', { email: marketplace.supportEmail })}
        </p>
      )}
      <dl className="grid gap-3 sm:grid-cols-2 xl:grid-cols-4">
        {sums.map(({ key, amountMinor }) => (
          <div key={key} className="card p-5">
            <dt className="text-ink-muted">{t(`wallet.${key}`)}</dt>
            <dd className="font-heading text-2xl font-bold" data-testid={`wallet-${key}`}>
              {of(amountMinor)}
            </dd>
          </div>
        ))}
      </dl>
      {wallet.comingMinor > 0 && <RefreshUntilDone everyMs={5000} />}
      {wallet.state === 'active' && (
        <TopUp lang={lang} settings={marketplace.wallet.topUp} chosenMinor={chosenMinorOf(query, currency)} />
      )}
      <WalletLimits lang={lang} wallet={wallet} />
      {wallet.state === 'active' && <Withdrawals lang={lang} memberId={member.id} wallet={wallet} kind={query.kind} />}
      <section className="space-y-3" aria-labelledby="movements">
        <h2 id="movements" className="text-xl font-bold">
          {t('wallet.movements')}
        </h2>
        <WalletMovements lang={lang} movements={movements.items} />
        <NextPage path={paths.wallet(lang)} cursor={movements.nextCursor} label={t('browse.more')} />
      </section>
      <section className="space-y-3" aria-labelledby="file">
        <h2 id="file" className="text-xl font-bold">
          {t('wallet.file')}
        </h2>
        <PeriodForm
          action={paths.wallet(lang)}
          period={period}
          labels={{ from: t('statement.from'), to: t('statement.to'), show: t('statement.show') }}
        />
        <p className="flex flex-wrap gap-4">
          {FORMATS.map((format) => (
            <a key={format} className="link" href={paths.walletStatement(lang, { ...period, format })} rel="nofollow">
              {t(`statement.${format}`)}
            </a>
          ))}
        </p>
      </section>
    </>
  );
}

/** The amount that the address asks to top up; undefined while none is chosen. */
function chosenMinorOf({ minor, amount }: Query, currency: Currency): number | undefined {
  const chosen = minor === undefined ? typedPriceMinor(amount, currency) : Number(minor);
  return chosen !== undefined && Number.isSafeInteger(chosen) && chosen > 0 ? chosen : undefined;
}
