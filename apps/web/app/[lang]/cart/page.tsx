import type { Metadata } from 'next';
import { getMarketplace } from '../../../lib/marketplace.ts';
import { translator } from '../../../lib/messages.ts';
import { paths } from '../../../lib/paths.ts';
import { currentCart } from '../../../lib/session.ts';
import { CartLine } from '../../../ui/cart-line.tsx';
import { CartSummary } from '../../../ui/cart-summary.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { Link } from '../../../ui/link.tsx';

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
                <CartLine key={line.id} lang={lang} cartId={cart.id} line={line} />
              ))}
            </ul>
          </section>
        ))}
      </div>
      <CartSummary lang={lang} cart={cart} />
    </div>
  );
}
