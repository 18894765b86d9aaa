import type { Metadata } from 'next';
import { api, orNotFound } from '../../../../../lib/api.ts';
import { formatMoney } from '../../../../../lib/format.ts';
import { translator } from '../../../../../lib/messages.ts';
import { CoinFacts } from '../../../../../ui/coin-facts.tsx';
import { CoinPaybacks } from '../../../../../ui/coin-paybacks.tsx';
import { Countdown } from '../../../../../ui/countdown.tsx';
import { QrCode } from '../../../../../ui/qr-code.tsx';
import { RefreshUntilDone } from '../../../../../ui/refresh.tsx';

type Props = { readonly params: Promise<{ lang: string; paymentId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: translator((await params).lang)('coin.title', { symbol: '' }).trim(), robots: { index: false } };
}

/** Pays in a stable-coin: where, how much of what, and what has come so far. */
export default async function CoinPage({ params }: Props) {
  const { lang, paymentId } = await params;
  const [client, t] = [await api(lang), translator(lang)];
  const payment = await orNotFound(client.payments.getCoinInstructions({ paymentId }));
  const { network, token, missingAmount, transfers, state } = payment;
  const { symbol } = token;
  const isOpen = state === 'created' || state === 'requires_action';
  const isClosed = state === 'canceled' || state === 'declined';
  const isPaid = !isOpen && !isClosed && state !== 'pending';
  const isMoving =
    transfers.some(({ isConfirmed }) => !isConfirmed) || payment.paybacks.some((each) => each.state === 'owed');
  const facts = [
    { name: t('coin.price'), value: formatMoney(payment.amount, lang) },
    {
      name: t('coin.send'),
      value: `${missingAmount ?? payment.dueAmount} ${symbol}`,
      copy: missingAmount ?? payment.dueAmount,
    },
    { name: t('coin.address'), value: payment.address, copy: payment.address, isCode: true },
    { name: t('coin.network'), value: `${network.name} (${network.chainId})` },
    { name: t('coin.token'), value: token.address, copy: token.address, isCode: true },
  ];
  return (
    <div className="page grid place-items-center py-10">
      <section className="card w-full max-w-lg space-y-5 p-6 text-center" aria-labelledby="coin">
        <h1 id="coin" className="text-2xl font-bold">
          {t('coin.title', { symbol })}
        </h1>
        {network.isTest && (
          <p className="rounded-small bg-warning p-3 font-medium text-on-warning">
            {t('coin.test', { network: network.name })}
          </p>
        )}
        {isOpen && missingAmount !== null && (
          <>
            <QrCode text={payment.paymentUri} label={t('coin.code')} />
            <p>
              <a className="button button-quiet" href={payment.paymentUri}>
                {t('coin.open')}
              </a>
            </p>
            <CoinFacts facts={facts} copy={t('coin.copy')} copied={t('coin.copied')} />
            <p className="text-sm text-ink-muted">{t('coin.hint', { symbol, network: network.name })}</p>
          </>
        )}
        {isPaid && <p role="status">{t('bankTransfer.received')}</p>}
        {isClosed && <p role="status">{t('coin.over')}</p>}
        {(isOpen || transfers.length > 0) && (
          <div className="space-y-2 text-left">
            <h2 className="font-semibold">{t('coin.arrived')}</h2>
            {transfers.length === 0 && <p className="text-ink-muted">{t('coin.nothingYet')}</p>}
            <ul className="space-y-2">
              {transfers.map((transfer) => (
                <li
                  key={transfer.transactionHash}
                  className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1"
                >
                  <span className="font-semibold">
                    {transfer.coinAmount} {symbol}
                  </span>
                  <span className="flex items-center gap-2 text-sm text-ink-muted">
                    <span className="h-2 w-24 overflow-hidden rounded-full bg-line" aria-hidden="true">
                      <span
                        className="block h-full bg-primary"
                        style={{ width: `${Math.min(100, (100 * transfer.confirmations) / payment.confirmations)}%` }}
                      />
                    </span>
                    {t('coin.confirmations', {
                      done: String(transfer.confirmations),
                      needed: String(payment.confirmations),
                    })}
                  </span>
                </li>
              ))}
            </ul>
            {!isPaid && transfers.length > 0 && (
              <p role="status" className="font-medium">
                {missingAmount === null ? t('coin.complete') : t('coin.missing', { amount: missingAmount, symbol })}
              </p>
            )}
          </div>
        )}
        {isOpen && <Countdown untilTime={payment.payByTime} label={t('bankTransfer.timeLeft')} over={t('coin.over')} />}
        <CoinPaybacks payment={payment} lang={lang} t={t} />
        {(!isPaid || isMoving) && <RefreshUntilDone everyMs={5000} />}
        <a href={payment.returnUrl} className="button button-outline">
          {t('bankTransfer.back')}
        </a>
      </section>
    </div>
  );
}
