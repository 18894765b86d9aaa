import type { Checkout } from '@plaza/orders/contract';
import { completeCheckout } from '../lib/actions/checkout.ts';
import { api } from '../lib/api.ts';
import { formatMoney } from '../lib/format.ts';
import type { Marketplace } from '../lib/marketplace.ts';
import { translator } from '../lib/messages.ts';
import { currentMember } from '../lib/session.ts';
import { cashMethod } from './cash-method.ts';
import { PaymentForm } from './payment-form.tsx';
import { cardChoices, offeredMethods, paymentTexts } from './payment-texts.ts';
import { WalletChoice } from './wallet-choice.tsx';

type Props = {
  readonly lang: string;
  readonly marketplace: Marketplace;
  readonly checkout: Checkout;
  /** Until what it costs to deliver is known, nothing is paid. */
  readonly isDeliveryDone: boolean;
};

/** The second step: from the wallet, by card, by whatever the marketplace takes, or at the door. */
export async function CheckoutPayment({ lang, marketplace, checkout, isDeliveryDone }: Props) {
  const t = translator(lang);
  const { payment, totals } = checkout;
  const rest = payment.wallet?.rest ?? totals.total;
  const { saved, offered, wallet, cash } = await waysToPay({ lang, marketplace, checkout, isDeliveryDone });
  return (
    <section className="card space-y-4 p-5" aria-labelledby="payment">
      <h2 id="payment" className="text-xl font-bold">
        2. {t('checkout.payment')}
      </h2>
      {payment.declineCode !== null && (
        <p role="alert" className="rounded-small bg-danger p-3 font-medium text-on-danger">
          {t('checkout.declined')}
        </p>
      )}
      {isDeliveryDone && wallet !== undefined && marketplace.wallet !== undefined && (
        <WalletChoice
          lang={lang}
          checkoutId={checkout.id}
          version={checkout.version}
          name={marketplace.wallet.name}
          spendableMinor={wallet.spendableMinor}
          total={totals.total}
          chosen={payment.wallet}
          smallestMinor={offered.smallestMinor}
        />
      )}
      {isDeliveryDone ? (
        <PaymentForm
          action={completeCheckout.bind(null, lang, checkout.id)}
          idempotencyKey={`${checkout.id}-${checkout.version}-pay`}
          total={totals.total}
          rest={rest}
          payLabel={t('checkout.pay', { amount: formatMoney(totals.total, lang) })}
          lang={lang}
          methods={[
            ...offeredMethods(marketplace.paymentMethods, offered.items),
            ...(cash?.method === undefined ? [] : [cash.method]),
          ]}
          savedCards={cardChoices(saved)}
          texts={paymentTexts(t)}
          pendingLabel={t('form.pending')}
        />
      ) : (
        <p className="text-ink-muted">{t('checkout.paymentLater')}</p>
      )}
      {cash?.problem !== undefined && (
        <p className="text-sm text-ink-muted">
          {cash.label}: {cash.problem}
        </p>
      )}
    </section>
  );
}

async function waysToPay({ lang, marketplace, checkout, isDeliveryDone }: Props) {
  const { payment, totals } = checkout;
  const [client, member] = [await api(lang), await currentMember()];
  const isCashChosen = marketplace.paymentMethods.some(({ id, kind }) => kind === 'cash' && id === payment.methodId);
  const needsShipping = checkout.groups.some((group) => group.needsShipping);
  const asksForCash = isDeliveryDone && needsShipping && payment.wallet === null;
  const [saved, offered, wallet, cash] = await Promise.all([
    member === undefined ? [] : client.payments.listSavedMethods({}).then(({ items }) => items),
    client.payments.listPaymentMethods(payment.wallet?.rest ?? totals.total),
    member === undefined || marketplace.wallet === undefined ? undefined : client.payments.getWallet({}),
    asksForCash
      ? cashMethod(lang, { id: checkout.id, total: totals.total, isChosen: isCashChosen }, marketplace.paymentMethods)
      : undefined,
  ]);
  return { saved, offered, wallet, cash };
}
