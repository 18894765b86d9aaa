import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import Link from 'next/link';
import { applyCoupon, beginCheckout, changeLine, removeCoupon } from '../../../lib/actions/cart.ts';
import { formatMoney } from '../../../lib/format.ts';
import { getMarketplace } from '../../../lib/marketplace.ts';
import { translator } from '../../../lib/messages.ts';
import { paths } from '../../../lib/paths.ts';
import { currentCart } from '../../../lib/session.ts';
import { CartLineForm, CouponForm, PlainActionForm } from '../../../ui/cart-forms.tsx';
import { Icon } from '../../../ui/icon.tsx';

type Props = { readonly params: Promise<{ lang: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await getMarketplace((await params).lang)).words.cart, robots: { index: false } };
}

export default async function CartPage({ params }: Props) {
  const { lang } = await params;
  const [marketplace, cart, t] = [await getMarketplace(lang), await currentCart(), translator(lang)];
  if (cart === undefined || cart.groups.length === 0) {
    return (
      <div className="page grid place-items-center gap-4 py-24 text-center">
        <Icon name="cart" size={56} className="text-ink-muted" />
        <h1 className="text-2xl font-bold">{t('cart.empty', { cart: marketplace.words.cart })}</h1>
        <Link href={paths.browse(lang)} className="button button-primary">
          {t('home.browse', { listings: marketplace.words.listings.toLocaleLowerCase(lang) })}
        </Link>
      </div>
    );
  }
  return (
    <div className="page grid grid-cols-[minmax(0,1fr)] gap-8 pt-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
      <div className="space-y-6">
        <h1 className="text-3xl font-bold">{marketplace.words.cart}</h1>
        {cart.groups.map((group) => (
          <section key={group.storeId} className="card p-4" aria-label={group.storeName}>
            <h2 className="mb-3 flex items-center gap-2 font-semibold">
              <Icon name="store" />
              <Link href={paths.store(lang, group.storeSlug)} className="hover:underline">
                {group.storeName}
              </Link>
            </h2>
            <ul className="divide-y divide-line">
              {group.lines.map((line) => (
                <li key={line.id} className="flex gap-4 py-4">
                  {line.imageUrl === null ? (
                    <span className="grid size-20 shrink-0 place-items-center rounded-small bg-muted">
                      <Icon name="image" />
                    </span>
                  ) : (
                    <img
                      src={line.imageUrl}
                      alt=""
                      width={80}
                      height={80}
                      className="size-20 shrink-0 rounded-small object-cover"
                    />
                  )}
                  <div className="min-w-0 grow space-y-1">
                    <Link href={paths.listing(lang, line.listingSlug)} className="font-medium hover:underline">
                      {line.title}
                    </Link>
                    {line.variantTitle !== '' && <p className="text-sm text-ink-muted">{line.variantTitle}</p>}
                    {line.problems.map((problem) => (
                      <p key={problem.code} className="text-sm font-medium text-danger" role="status">
                        {t(`problem.${problem.code}`, {
                          count: problem.freeQuantity ?? 0,
                          price: problem.previousPrice === undefined ? '' : formatMoney(problem.previousPrice, lang),
                        })}
                      </p>
                    ))}
                    <CartLineForm
                      action={changeLine.bind(null, lang, cart.id, line.id)}
                      quantity={line.quantity}
                      isFixed={line.kind === 'digital' || line.offerId !== null}
                      labels={{
                        quantity: t('listing.quantity'),
                        update: t('cart.update'),
                        remove: t('cart.remove'),
                        of: line.title,
                      }}
                      idempotencyKey={randomUUID()}
                    />
                  </div>
                  <p className="font-semibold">{formatMoney(line.total, lang)}</p>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
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
    </div>
  );
}
