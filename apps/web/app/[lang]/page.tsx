import type { Metadata } from 'next';
import { publicApi } from '../../lib/api.ts';
import { getMarketplace } from '../../lib/marketplace.ts';
import { translator } from '../../lib/messages.ts';
import { paths } from '../../lib/paths.ts';
import { alternates } from '../../lib/seo.ts';
import { CategoryTile } from '../../ui/category-tile.tsx';
import { ForYou } from '../../ui/feed.tsx';
import { Hero } from '../../ui/hero.tsx';
import { Link } from '../../ui/link.tsx';
import { ListingGrid } from '../../ui/listing-card.tsx';
import { Trending } from '../../ui/trending.tsx';

type Props = { readonly params: Promise<{ lang: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { lang } = await params;
  return { alternates: await alternates(lang, '') };
}

/** How many categories get a row of their own listings. */
const ROWS_MAX = 3;

export default async function HomePage({ params }: Props) {
  const { lang } = await params;
  const [marketplace, client, t] = [await getMarketplace(lang), await publicApi(lang), translator(lang)];
  const { categories } = marketplace;
  const newest = await client.catalog.listListings({ limit: 10 });
  const rows = await Promise.all(
    categories.slice(0, ROWS_MAX).map(async (category) => ({
      category,
      items: (await client.catalog.listListings({ categoryId: category.id, limit: 5 })).items,
    })),
  );
  const pictures = newest.items.filter(({ imageUrl }) => imageUrl !== null).slice(0, 5);
  return (
    <div className="space-y-14">
      <Hero marketplace={marketplace} lang={lang} pictures={pictures} />
      <section className="page" aria-labelledby="categories">
        <h2 id="categories" className="mb-4 text-2xl font-bold">
          {t('home.categories')}
        </h2>
        <ul className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-4 xl:grid-cols-6">
          {categories.map((category) => (
            <li key={category.id}>
              <CategoryTile category={category} lang={lang} />
            </li>
          ))}
        </ul>
      </section>
      <ForYou marketplace={marketplace} lang={lang} />
      <Trending marketplace={marketplace} lang={lang} />
      <section className="page" aria-labelledby="newest">
        <div className="mb-4 flex items-baseline justify-between gap-4">
          <h2 id="newest" className="text-2xl font-bold">
            {t('home.newest')}
          </h2>
          <Link href={paths.browse(lang)} className="link">
            {t('home.seeAll')}
          </Link>
        </div>
        {newest.items.length === 0 ? (
          <p className="text-ink-muted">{t('browse.empty')}</p>
        ) : (
          <ListingGrid listings={newest.items} lang={lang} conditions={marketplace.conditions} />
        )}
      </section>
      {rows
        .filter(({ items }) => items.length > 0)
        .map(({ category, items }) => (
          <section key={category.id} className="page" aria-label={category.name}>
            <div className="mb-4 flex items-baseline justify-between gap-4">
              <h2 className="text-2xl font-bold">{category.name}</h2>
              <Link
                href={paths.category(lang, category.id)}
                className="link"
                aria-label={`${t('home.seeAll')}: ${category.name}`}
              >
                {t('home.seeAll')}
              </Link>
            </div>
            <ListingGrid listings={items} lang={lang} conditions={marketplace.conditions} />
          </section>
        ))}
    </div>
  );
}
