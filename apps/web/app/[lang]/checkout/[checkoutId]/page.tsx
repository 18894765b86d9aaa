import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { askForPayment, completeCheckout, saveDelivery } from '../../../../lib/actions/checkout.ts';
import { countriesIn } from '../../../../lib/address.ts';
import { api, orNotFound } from '../../../../lib/api.ts';
import { formatMoney } from '../../../../lib/format.ts';
import { getMarketplace } from '../../../../lib/marketplace.ts';
import { translator } from '../../../../lib/messages.ts';
import { paths } from '../../../../lib/paths.ts';
import { currentMember } from '../../../../lib/session.ts';
import { addressTexts } from '../../../../ui/address-texts.ts';
import { cashMethod } from '../../../../ui/cash-method.ts';
import { DeliveryForm } from '../../../../ui/delivery-form.tsx';
import { Once } from '../../../../ui/once.tsx';
import { PaymentForm } from '../../../../ui/payment-form.tsx';
import { cardChoices, offeredMethods, paymentTexts } from '../../../../ui/payment-texts.ts';
import { RefreshUntilDone } from '../../../../ui/refresh.tsx';
import { taxFields } from '../../../../ui/tax-fields.ts';
import { Totals } from '../../../../ui/totals.tsx';
import { WalletChoice, WalletParts } from '../../../../ui/wallet-choice.tsx';

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
  const [marketplace, client, t, member] = [
    await getMarketplace(lang),
    await api(lang),
    translator(lang),
    await currentMember(),
  ];
  const checkout = await orNotFound(client.orders.getCheckout({ checkoutId }));
  if (checkout.state === 'completed' && checkout.orderId !== null)
    redirect(`${paths.order(lang, checkout.orderId)}?placed=1`);
  if (checkout.state === 'awaiting_payment' || checkout.state === 'completing') {
    return (
      <div className="page grid place-items-center gap-4 py-24 text-center">
        <h1 className="text-2xl font-bold" role="status">
          {t('checkout.waiting')}
        </h1>
        <p className="max-w-prose text-ink-muted">{t('checkout.waitingHint')}</p>
        {checkout.payment.actionUrl !== null && (
          <a href={checkout.payment.actionUrl} className="button button-primary">
            {t('checkout.toBank')}
          </a>
        )}
        {checkout.payment.paymentId !== null && RETURN_MARKS.some((mark) => mark in query) && (
          <Once action={askForPayment.bind(null, lang, checkout.payment.paymentId)} />
        )}
        <RefreshUntilDone everyMs={2000} />
      </div>
    );
  }
  if (checkout.state === 'expired' || checkout.state === 'refunded') {
    return (
      <div className="page grid place-items-center gap-4 py-24 text-center">
        <h1 className="text-2xl font-bold">
          {t(checkout.state === 'expired' ? 'checkout.expired' : 'checkout.refunded')}
        </h1>
        <a href={paths.cart(lang)} className="button button-primary">
          {marketplace.words.cart}
        </a>
      </div>
    );
  }
  const addresses = member === undefined ? [] : (await client.identity.listAddresses({})).items;
  const address = checkout.address ?? addresses[0] ?? null;
  const isDeliveryDone = checkout.missing.every((each) => each === 'paymentMethod');
  const needsShipping = checkout.groups.some((group) => group.needsShipping);
  const { totals } = checkout;
  const rest = checkout.payment.wallet?.rest ?? totals.total;
  const isCashChosen = marketplace.paymentMethods.some(
    ({ id, kind }) => kind === 'cash' && id === checkout.payment.methodId,
  );
  const asksForCash = isDeliveryDone && needsShipping && checkout.payment.wallet === null;
  const [saved, offered, wallet, cash] = await Promise.all([
    member === undefined ? [] : client.payments.listSavedMethods({}).then(({ items }) => items),
    client.payments.listPaymentMethods(rest),
    member === undefined || marketplace.wallet === undefined ? undefined : client.payments.getWallet({}),
    asksForCash
      ? cashMethod(lang, { id: checkout.id, total: totals.total, isChosen: isCashChosen }, marketplace.paymentMethods)
      : undefined,
  ]);
  return (
    <div className="page grid grid-cols-[minmax(0,1fr)] gap-8 pt-6 lg:grid-cols-[minmax(0,1fr)_24rem]">
      <div className="space-y-6">
        <h1 className="text-3xl font-bold">{t('checkout.title')}</h1>
        <section className="card space-y-4 p-5" aria-labelledby="delivery">
          <h2 id="delivery" className="text-xl font-bold">
            1. {t(needsShipping ? 'checkout.delivery' : 'checkout.contact')}
          </h2>
          <DeliveryForm
            action={saveDelivery.bind(null, lang, checkout.id)}
            idempotencyKey={`${checkout.id}-${checkout.version}-delivery`}
            email={checkout.email ?? member?.email ?? ''}
            needsShipping={needsShipping}
            address={address === null ? null : { ...address }}
            countries={countriesIn(lang, marketplace.countries)}
            groups={checkout.groups
              .filter((group) => group.needsShipping)
              .map((group) => ({
                storeId: group.storeId,
                storeName: group.storeName,
                selectedId: group.selectedShippingOptionId,
                safePointId: group.safePointId,
                options: group.shippingOptions.map((option) => ({
                  id: option.id,
                  isMeetUp: option.kind === 'meet-up',
                  name: option.name,
                  price: option.price.amountMinor === 0 ? t('shipping.free') : formatMoney(option.price, lang),
                  days: t('shipping.days', { min: option.estimatedDays.min, max: option.estimatedDays.max }),
                })),
              }))}
            safePoints={marketplace.shipping.meetUp.safePoints.map(({ id, name }) => ({ id, name }))}
            texts={addressTexts(t)}
            labels={{
              shipping: t('checkout.shipping'),
              safePoint: t('checkout.safePoint'),
              save: t(isDeliveryDone ? 'checkout.change' : 'checkout.continue'),
              pending: t('form.pending'),
            }}
            note={checkout.note ?? ''}
            invoice={{
              title: t('invoice.atCheckout'),
              hint: t('invoice.atCheckoutHint'),
              fields: taxFields(t, lang, {
                prefix: 'invoiceDetails.',
                countries: marketplace.countries,
                details: checkout.invoiceDetails,
                address: checkout.address,
              }),
              isOpen: checkout.invoiceDetails !== null,
            }}
          />
        </section>
        <section className="card space-y-4 p-5" aria-labelledby="payment">
          <h2 id="payment" className="text-xl font-bold">
            2. {t('checkout.payment')}
          </h2>
          {checkout.payment.declineCode !== null && (
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
              chosen={checkout.payment.wallet}
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
      </div>
      <aside className="card h-fit space-y-4 p-5 lg:sticky lg:top-32" aria-label={t('cart.summary')}>
        <h2 className="text-lg font-bold">{t('cart.summary')}</h2>
        {checkout.groups.map((group) => (
          <div key={group.groupId} className="space-y-1 border-b border-line pb-3 text-sm">
            <p className="font-semibold">{group.storeName}</p>
            {group.lines.map((line) => (
              <p key={line.id} className="flex justify-between gap-3">
                <span>
                  {line.quantity} × {line.title}
                  {line.variantTitle !== '' && ` (${line.variantTitle})`}
                </span>
                <span className="shrink-0">{formatMoney(line.subtotal, lang)}</span>
              </p>
            ))}
            {group.needsShipping && (
              <p className="flex justify-between text-ink-muted">
                <span>{t('total.shipping')}</span>
                <span>{group.shipping.amountMinor === 0 ? t('shipping.free') : formatMoney(group.shipping, lang)}</span>
              </p>
            )}
          </div>
        ))}
        <Totals totals={totals} lang={lang} />
        {checkout.payment.wallet !== null && marketplace.wallet !== undefined && (
          <WalletParts lang={lang} name={marketplace.wallet.name} parts={checkout.payment.wallet} />
        )}
        {checkout.coupons.map(({ code, title }) => (
          <p key={code} className="text-sm text-success">
            {code}: {title}
          </p>
        ))}
      </aside>
    </div>
  );
}
