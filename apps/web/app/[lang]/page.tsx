import type { Metadata } from 'next';
import Link from 'next/link';
import { publicApi } from '../../lib/api';
import { getMarketplace } from '../../lib/marketplace';
import { translator } from '../../lib/messages';
import { paths } from '../../lib/paths';
import { alternates } from '../../lib/seo';
import { CategoryTile } from '../../ui/category-tile';
import { ListingGrid } from '../../ui/listing-card';

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
  const { words, categories } = marketplace;
  const newest = await client.catalog.listListings({ limit: 10 });
  const rows = await Promise.all(
    categories.slice(0, ROWS_MAX).map(async (category) => ({
      category,
      items: (await client.catalog.listListings({ categoryId: category.id, limit: 5 })).items,
    })),
  );
  const hero = newest.items.filter(({ imageUrl }) => imageUrl !== null).slice(0, 4);
  return (
    <div className="space-y-14">
      <section className="page grid items-center gap-8 pt-8 md:grid-cols-2 md:pt-14">
        <div className="space-y-5">
          <h1 className="text-4xl font-extrabold md:text-5xl">{words.heroTitle}</h1>
          <p className="max-w-prose text-lg text-ink-muted">{words.heroText}</p>
          <div className="flex flex-wrap gap-3">
            <Link href={paths.browse(lang)} className="button button-primary">
              {t('home.browse', { listings: words.listings })}
            </Link>
            <Link href={paths.studio(lang)} className="button button-outline">
              {words.sell}
            </Link>
          </div>
        </div>
        {hero.length === 4 && (
          <div className="grid grid-cols-2 gap-3">
            {hero.map(({ id, slug, title, imageUrl }) => (
              <Link key={id} href={paths.listing(lang, slug)} className="card overflow-hidden">
                <img
                  src={imageUrl ?? ''}
                  alt={title}
                  width={640}
                  height={480}
                  className="aspect-[4/3] w-full object-cover"
                />
              </Link>
            ))}
          </div>
        )}
      </section>
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
