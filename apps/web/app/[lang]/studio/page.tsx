import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { openStore } from '../../../lib/actions/studio-store.ts';
import { api, orUndefined } from '../../../lib/api.ts';
import { formatMoney, formatNumber } from '../../../lib/format.ts';
import { getMarketplace } from '../../../lib/marketplace.ts';
import { translator } from '../../../lib/messages.ts';
import { paths } from '../../../lib/paths.ts';
import { requireMember } from '../../../lib/session.ts';
import { myStore } from '../../../lib/studio.ts';
import { Link } from '../../../ui/link.tsx';
import { OrderList } from '../../../ui/order-list.tsx';
import { SimpleForm } from '../../../ui/simple-form.tsx';
import { Thumb } from '../../../ui/thumb.tsx';

type Props = { readonly params: Promise<{ lang: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await getMarketplace((await params).lang)).words.studio };
}

export default async function StudioPage({ params }: Props) {
  const { lang } = await params;
  await requireMember(lang, paths.studio(lang));
  const [{ words, currency }, store, t] = [await getMarketplace(lang), await myStore(), translator(lang)];
  if (store === undefined) return <OpenStore lang={lang} />;
  const client = await api(lang);
  const [sales, low, balance] = await Promise.all([
    client.orders.listSales({ storeId: store.id, isOpen: true, limit: 8 }),
    client.catalog.listStoreListings({ storeId: store.id, isLowStock: true, limit: 8 }),
    orUndefined(client.payments.getBalance({ storeId: store.id }), 'STORE_ACCOUNT_NOT_FOUND'),
  ]);
  const money = balance?.balances.find((each) => each.currency === currency);
  const openCount = `${formatNumber(sales.items.length, lang)}${sales.nextCursor === null ? '' : '+'}`;
  const facts = [
    { label: t('studio.openSales'), value: openCount, href: paths.studioSales(lang) },
    {
      label: t('balance.available'),
      value: formatMoney({ amountMinor: money?.availableMinor ?? 0, currency }, lang),
      href: paths.studioBalance(lang),
    },
    {
      label: t('balance.pending'),
      value: formatMoney({ amountMinor: money?.pendingMinor ?? 0, currency }, lang),
      href: paths.studioBalance(lang),
    },
  ];
  return (
    <>
      <header className="flex flex-wrap items-center justify-between gap-3">
        <h1 className="text-3xl font-bold">{words.studio}</h1>
        <Link href={paths.studioNewListing(lang)} className="button button-primary">
          {t('studio.newListing', { listing: words.listing })}
        </Link>
      </header>
      <dl className="grid gap-3 sm:grid-cols-3">
        {facts.map(({ label, value, href }) => (
          <div key={label} className="card relative p-5">
            <dt className="text-ink-muted">
              <Link href={href} className="after:absolute after:inset-0">
                {label}
              </Link>
            </dt>
            <dd className="font-heading text-2xl font-bold">{value}</dd>
          </div>
        ))}
      </dl>
      <section className="space-y-3" aria-labelledby="open">
        <h2 id="open" className="text-xl font-bold">
          {t('studio.openSales')}
        </h2>
        {sales.items.length === 0 ? (
          <p className="card p-5 text-ink-muted">{t('studio.noOpenSales')}</p>
        ) : (
          <OrderList orders={sales.items} lang={lang} hrefOf={({ id }) => paths.studioSale(lang, id)} />
        )}
      </section>
      <section className="space-y-3" aria-labelledby="low">
        <h2 id="low" className="text-xl font-bold">
          {t('studio.lowStock')}
        </h2>
        {low.items.length === 0 ? (
          <p className="card p-5 text-ink-muted">{t('studio.noLowStock')}</p>
        ) : (
          <ul className="card divide-y divide-line">
            {low.items.map((listing) => (
              <li key={listing.id} className="relative flex items-center gap-3 p-3">
                <Thumb url={listing.imageUrl} size={44} />
                <Link
                  href={`${paths.studioListing(lang, listing.id)}#stock`}
                  className="min-w-0 grow truncate font-medium after:absolute after:inset-0"
                >
                  {listing.title}
                </Link>
                <span className="shrink-0 text-sm font-semibold">
                  {t('studio.left', { count: formatNumber(listing.freeQuantity ?? 0, lang) })}
                </span>
              </li>
            ))}
          </ul>
        )}
      </section>
    </>
  );
}

async function OpenStore({ lang }: { lang: string }) {
  const [{ words }, t] = [await getMarketplace(lang), translator(lang)];
  return (
    <>
      <h1 className="text-3xl font-bold">{t('store.open')}</h1>
      <p className="text-ink-muted">{t('store.openHint')}</p>
      <section className="card p-5" aria-label={words.store}>
        <SimpleForm
          action={openStore.bind(null, lang)}
          fields={[
            { name: 'name', label: t('store.name'), required: true, minLength: 2, maxLength: 100 },
            { name: 'description', label: t('store.description'), type: 'textarea', maxLength: 5000, rows: 4 },
          ]}
          submit={t('store.open')}
          pending={t('form.pending')}
          idempotencyKey={randomUUID()}
        />
      </section>
    </>
  );
}
