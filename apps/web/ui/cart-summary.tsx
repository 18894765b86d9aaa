import { randomUUID } from 'node:crypto';
import type { Cart } from '@plaza/orders/contract';
import { applyCoupon, beginCheckout, removeCoupon } from '../lib/actions/cart.ts';
import { formatMoney } from '../lib/format.ts';
import { translator } from '../lib/messages.ts';
import { CouponForm, PlainActionForm } from './cart-forms.tsx';

/** What a cart costs, its coupons, and the way to the checkout. */
export function CartSummary({ lang, cart }: { lang: string; cart: Cart }) {
  const t = translator(lang);
  return (
    <aside className="card h-fit space-y-4 p-5 lg:sticky lg:top-32">
      <h2 className="text-lg font-bold">{t('cart.summary')}</h2>
      <dl className="space-y-1.5">
        <div className="flex justify-between">
          <dt>{t('total.subtotal')}</dt>
          <dd>{formatMoney(cart.subtotal, lang)}</dd>
        </div>
        {cart.discount.amountMinor > 0 && (
          <div className="flex justify-between text-success">
            <dt>{t('total.discount')}</dt>
            <dd>−{formatMoney(cart.discount, lang)}</dd>
          </div>
        )}
        <div className="flex justify-between border-t border-line pt-2 text-lg font-bold">
          <dt>{t('total.total')}</dt>
          <dd>{formatMoney(cart.total, lang)}</dd>
        </div>
      </dl>
      <p className="text-sm text-ink-muted">{t('cart.shippingLater')}</p>
      {cart.coupons.map((coupon) => (
        <div key={coupon.code} className="rounded-small bg-muted p-3 text-sm">
          <p className="flex justify-between gap-2 font-semibold">
            <span>{coupon.code}</span>
            <span>{coupon.problem === null ? `−${formatMoney(coupon.discount, lang)}` : ''}</span>
          </p>
          <p className="text-ink-muted">{coupon.problem === null ? coupon.title : t(`coupon.${coupon.problem}`)}</p>
          <PlainActionForm
            action={removeCoupon.bind(null, lang, cart.id, coupon.code)}
            idempotencyKey={randomUUID()}
            label={t('cart.removeCoupon', { code: coupon.code })}
            className="link"
          />
        </div>
      ))}
      <CouponForm
        action={applyCoupon.bind(null, lang, cart.id)}
        labels={{ code: t('cart.coupon'), apply: t('cart.applyCoupon') }}
        idempotencyKey={randomUUID()}
      />
      <PlainActionForm
        action={beginCheckout.bind(null, lang, cart.id)}
        idempotencyKey={`${cart.id}-${cart.version}-checkout`}
        label={t('cart.checkout')}
        className="button button-primary w-full"
        isDisabled={!cart.isPurchasable}
      />
      {!cart.isPurchasable && <p className="text-sm text-danger">{t('cart.notPurchasable')}</p>}
    </aside>
  );
}
