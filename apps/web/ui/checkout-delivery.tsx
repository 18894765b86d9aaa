import type { Checkout } from '@plaza/orders/contract';
import { saveDelivery } from '../lib/actions/checkout.ts';
import { countriesIn } from '../lib/address.ts';
import { api } from '../lib/api.ts';
import { formatMoney } from '../lib/format.ts';
import type { Marketplace } from '../lib/marketplace.ts';
import { type Translate, translator } from '../lib/messages.ts';
import { currentMember } from '../lib/session.ts';
import { addressTexts } from './address-texts.ts';
import { DeliveryForm } from './delivery-form.tsx';
import { taxFields } from './tax-fields.ts';

type Props = {
  readonly lang: string;
  readonly marketplace: Marketplace;
  readonly checkout: Checkout;
  readonly isDone: boolean;
};

/** The first step: whom to write to, where it goes and how, and whom the invoices are made out to. */
export async function CheckoutDelivery({ lang, marketplace, checkout, isDone }: Props) {
  const [client, t, member] = [await api(lang), translator(lang), await currentMember()];
  const addresses = member === undefined ? [] : (await client.identity.listAddresses({})).items;
  const address = checkout.address ?? addresses[0] ?? null;
  const shipped = checkout.groups.filter((group) => group.needsShipping);
  const needsShipping = shipped.length > 0;
  return (
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
        groups={shipped.map((group) => waysToShip(group, lang, t))}
        safePoints={marketplace.shipping.meetUp.safePoints.map(({ id, name }) => ({ id, name }))}
        texts={addressTexts(t)}
        labels={{
          shipping: t('checkout.shipping'),
          safePoint: t('checkout.safePoint'),
          save: t(isDone ? 'checkout.change' : 'checkout.continue'),
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
  );
}

function waysToShip(group: Checkout['groups'][number], lang: string, t: Translate) {
  return {
    storeId: group.storeId,
    storeName: group.storeName,
    selectedId: group.selectedShippingOptionId,
    safePointId: group.safePointId,
    options: group.shippingOptions.map(({ id, kind, name, price, estimatedDays: { min, max } }) => ({
      id,
      isMeetUp: kind === 'meet-up',
      name,
      price: price.amountMinor === 0 ? t('shipping.free') : formatMoney(price, lang),
      days: t('shipping.days', { min, max }),
    })),
  };
}
