import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { api } from '../../../../lib/api.ts';
import { getMarketplace } from '../../../../lib/marketplace.ts';
import { translator } from '../../../../lib/messages.ts';
import { paths } from '../../../../lib/paths.ts';
import { requireStore } from '../../../../lib/studio.ts';
import { Empty } from '../../../../ui/empty.tsx';
import { NextPage } from '../../../../ui/next-page.tsx';
import { OfferCard } from '../../../../ui/offer-card.tsx';

type Props = {
  readonly params: Promise<{ lang: string }>;
  readonly searchParams: Promise<{ cursor?: string }>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: translator((await params).lang)('studio.offers') };
}

/** What buyers propose to pay: the seller accepts, declines, or names another price. */
export default async function StudioOffersPage({ params, searchParams }: Props) {
  const [{ lang }, { cursor }] = [await params, await searchParams];
  if (!(await getMarketplace(lang)).features.offers) notFound();
  await requireStore(lang, paths.studioOffers(lang));
  const [client, t] = [await api(lang), translator(lang)];
  const page = await client.orders.listOffers({ role: 'seller', limit: 20, cursor });
  return (
    <>
      <h1 className="text-3xl font-bold">{t('studio.offers')}</h1>
      {page.items.length === 0 && <Empty icon="tag" title={t('offer.empty')} hint={t('studio.offersHint')} />}
      <ul className="space-y-3">
        {page.items.map((offer) => (
          <li key={offer.id}>
            <OfferCard offer={offer} lang={lang} reader="seller" />
          </li>
        ))}
      </ul>
      <NextPage path={paths.studioOffers(lang)} cursor={page.nextCursor} label={t('browse.more')} />
    </>
  );
}
