import type { Metadata } from 'next';
import { provePayback } from '../../../../lib/actions/coin.ts';
import { api } from '../../../../lib/api.ts';
import { formatDateTime, formatMoney } from '../../../../lib/format.ts';
import { translator } from '../../../../lib/messages.ts';
import { paths } from '../../../../lib/paths.ts';
import { requireOperator } from '../../../../lib/studio.ts';
import { Chips } from '../../../../ui/chips.tsx';
import { CoinFacts } from '../../../../ui/coin-facts.tsx';
import { Link } from '../../../../ui/link.tsx';
import { NextPage } from '../../../../ui/next-page.tsx';
import { SimpleForm } from '../../../../ui/simple-form.tsx';

type Props = {
  readonly params: Promise<{ lang: string }>;
  readonly searchParams: Promise<{ state?: string; cursor?: string }>;
};

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  return { title: translator((await params).lang)('coin.paybacks') };
}

/** What the operator sends back to buyers in a stable-coin, by their own wallet, and shows by its transaction. */
export default async function CoinsPage({ params, searchParams }: Props) {
  const [{ lang }, { state, cursor }] = [await params, await searchParams];
  await requireOperator('admin');
  const [client, t] = [await api(lang), translator(lang)];
  const path = paths.adminCoins(lang);
  const shown = state === 'sent' ? 'sent' : 'owed';
  const page = await client.payments.listCoinPaybacks({ limit: 30, state: shown, cursor });
  return (
    <>
      <h1 className="text-3xl font-bold">{t('coin.paybacks')}</h1>
      <p className="max-w-prose text-ink-muted">{t('coin.paybacksHint')}</p>
      <Chips
        label={t('coin.paybacks')}
        chips={[
          { href: path, label: t('coin.toSend'), isChosen: shown === 'owed' },
          { href: `${path}?state=sent`, label: t('coin.sent'), isChosen: shown === 'sent' },
        ]}
      />
      {page.items.length === 0 && <p className="card p-5 text-ink-muted">{t('admin.nothing')}</p>}
      <ul className="space-y-4">
        {page.items.map((payback) => (
          <li key={payback.id} className="card space-y-3 p-4">
            <p className="flex flex-wrap justify-between gap-2">
              <span className="font-semibold">
                {t(payback.kind === 'refund' ? 'coin.kindRefund' : 'coin.kindSurplus')} ·{' '}
                {formatMoney(payback.amount, lang)}
              </span>
              <span className="text-sm text-ink-muted">{formatDateTime(payback.createdTime, lang)}</span>
            </p>
            {payback.network.isTest && (
              <p className="rounded-small bg-warning p-3 text-sm font-medium text-on-warning">
                {t('coin.test', { network: payback.network.name })}
              </p>
            )}
            <CoinFacts
              copy={t('coin.copy')}
              copied={t('coin.copied')}
              facts={[
                {
                  name: t('coin.send'),
                  value: `${payback.coinAmount} ${payback.symbol}`,
                  copy: payback.coinAmount,
                },
                ...(payback.address === null
                  ? []
                  : [{ name: t('coin.address'), value: payback.address, copy: payback.address, isCode: true }]),
                { name: t('coin.network'), value: `${payback.network.name} (${payback.network.chainId})` },
                { name: t('coin.token'), value: payback.tokenAddress, copy: payback.tokenAddress, isCode: true },
                ...(payback.transactionHash === null
                  ? []
                  : [{ name: t('coin.transaction'), value: payback.transactionHash, isCode: true }]),
              ]}
            />
            {payback.address === null && (
              <p>
                {t('coin.noAddress')}{' '}
                <Link className="link" href={paths.payCoin(lang, payback.paymentId)}>
                  {t('coin.paymentPage')}
                </Link>
              </p>
            )}
            {payback.state === 'owed' && payback.address !== null && (
              <SimpleForm
                action={provePayback.bind(null, lang, payback.id)}
                className="space-y-3"
                fields={[{ name: 'transactionHash', label: t('coin.transaction'), required: true, maxLength: 66 }]}
                submit={t('coin.prove')}
                pending={t('form.pending')}
                idempotencyKey={`${payback.id}-sent`}
              />
            )}
          </li>
        ))}
      </ul>
      <NextPage
        path={path}
        cursor={page.nextCursor}
        label={t('browse.more')}
        query={shown === 'sent' ? { state: shown } : {}}
      />
    </>
  );
}
