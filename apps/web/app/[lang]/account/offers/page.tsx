import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { api } from '../../../../lib/api.ts';
import { getMarketplace } from '../../../../lib/marketplace.ts';
import { translator } from '../../../../lib/messages.ts';
import { paths } from '../../../../lib/paths.ts';
import { requireMember } from '../../../../lib/session.ts';
import { Empty } from '../../../../ui/empty.tsx';
import { NextPage } from '../../../../ui/next-page.tsx';
import { OfferCard } from '../../../../ui/offer-card.tsx';

type Props = {
  readonly params: Promise<{ lang: string }>;
  readonly searchParams: Promise<{ cursor?: string }>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: translator((await params).lang)('account.offers'), robots: { index: false } };
}

export default async function OffersPage({ params, searchParams }: Props) {
  const [{ lang }, { cursor }] = [await params, await searchParams];
  const { words, features } = await getMarketplace(lang);
  if (!features.offers) notFound();
  await requireMember(lang, paths.offers(lang));
  const [client, t] = [await api(lang), translator(lang)];
  const page = await client.orders.listOffers({ role: 'buyer', limit: 20, cursor });
  return (
    <>
      <h1 className="text-3xl font-bold">{t('account.offers')}</h1>
      {page.items.length === 0 && (
        <Empty
          icon="tag"
          title={t('offer.empty')}
          action={{
            href: paths.browse(lang),
            label: t('home.browse', { listings: words.listings.toLocaleLowerCase(lang) }),
          }}
        />
      )}
      <ul className="space-y-3">
        {page.items.map((offer) => (
          <li key={offer.id}>
            <OfferCard offer={offer} lang={lang} reader="buyer" />
          </li>
        ))}
      </ul>
      <NextPage path={paths.offers(lang)} cursor={page.nextCursor} label={t('browse.more')} />
    </>
  );
}
