import type { CoinInstructions } from '@plaza/payments/contract';
import { givePaybackAddress } from '../lib/actions/coin.ts';
import type { Translate } from '../lib/messages.ts';
import { SimpleForm } from './simple-form.tsx';

/** What the buyer gets back, and where they want it. Nothing where nothing is owed. */
export function CoinPaybacks({ payment, lang, t }: { payment: CoinInstructions; lang: string; t: Translate }) {
  const { paybacks, paybackAddress, paymentId, network } = payment;
  if (paybacks.length === 0) return null;
  const isOwed = paybacks.some(({ state }) => state === 'owed');
  return (
    <section className="space-y-3 border-t border-line pt-5 text-left">
      <ul className="space-y-2">
        {paybacks.map((payback) => (
          <li key={payback.id}>
            <p className="font-semibold">
              {t(payback.state === 'owed' ? 'coin.owed' : 'coin.sentBack', {
                amount: payback.coinAmount,
                symbol: payback.symbol,
              })}
            </p>
            {payback.transactionHash !== null && (
              <p className="font-mono text-sm break-all text-ink-muted">{payback.transactionHash}</p>
            )}
          </li>
        ))}
      </ul>
      {isOwed && paybackAddress === null && (
        <SimpleForm
          action={givePaybackAddress.bind(null, lang, paymentId)}
          fields={[
            {
              name: 'address',
              label: t('coin.giveAddress'),
              hint: t('coin.giveAddressHint', { network: network.name }),
              required: true,
              maxLength: 100,
              autoComplete: 'off',
            },
          ]}
          submit={t('coin.saveAddress')}
          pending={t('form.pending')}
          idempotencyKey={`${paymentId}-payback`}
        />
      )}
      {isOwed && paybackAddress !== null && (
        <p>
          {t('coin.goesTo')} <span className="font-mono text-sm break-all">{paybackAddress}</span>
        </p>
      )}
    </section>
  );
}
