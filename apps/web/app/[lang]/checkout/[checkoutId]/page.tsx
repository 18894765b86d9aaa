import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { api, orNotFound } from '../../../../lib/api.ts';
import { getMarketplace } from '../../../../lib/marketplace.ts';
import { translator } from '../../../../lib/messages.ts';
import { paths } from '../../../../lib/paths.ts';
import { CheckoutDelivery } from '../../../../ui/checkout-delivery.tsx';
import { CheckoutPayment } from '../../../../ui/checkout-payment.tsx';
import { CheckoutSummary } from '../../../../ui/checkout-summary.tsx';
import { CheckoutWaiting } from '../../../../ui/checkout-waiting.tsx';

type Props = {
  readonly params: Promise<{ lang: string; checkoutId: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
};

/** What Stripe and PayPal add to the address that the buyer comes back to. */
const RETURN_MARKS = ['payment_intent', 'token'];

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: translator((await params).lang)('checkout.title'), robots: { index: false } };
}

export default async function CheckoutPage({ params, searchParams }: Props) {
  const [{ lang, checkoutId }, query] = [await params, await searchParams];
  const [marketplace, client, t] = [await getMarketplace(lang), await api(lang), translator(lang)];
  const checkout = await orNotFound(client.orders.getCheckout({ checkoutId }));
  const { state, orderId, payment } = checkout;
  if (state === 'completed' && orderId !== null) redirect(`${paths.order(lang, orderId)}?placed=1`);
  if (state === 'awaiting_payment' || state === 'completing')
    return <CheckoutWaiting lang={lang} payment={payment} isBack={RETURN_MARKS.some((mark) => mark in query)} />;
  if (state === 'expired' || state === 'refunded') {
    return (
      <div className="page grid place-items-center gap-4 py-24 text-center">
        <h1 className="text-2xl font-bold">{t(state === 'expired' ? 'checkout.expired' : 'checkout.refunded')}</h1>
        <a href={paths.cart(lang)} className="button button-primary">
          {marketplace.words.cart}
        </a>
      </div>
    );
  }
  const isDeliveryDone = checkout.missing.every((each) => each === 'paymentMethod');
  const shown = { lang, marketplace, checkout };
  return (
    <div className="page grid grid-cols-[minmax(0,1fr)] gap-8 pt-6 lg:grid-cols-[minmax(0,1fr)_24rem]">
      <div className="space-y-6">
        <h1 className="text-3xl font-bold">{t('checkout.title')}</h1>
        <CheckoutDelivery {...shown} isDone={isDeliveryDone} />
        <CheckoutPayment {...shown} isDeliveryDone={isDeliveryDone} />
      </div>
      <CheckoutSummary {...shown} />
    </div>
  );
}
