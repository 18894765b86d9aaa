import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { saveListing } from '../../../../../lib/actions/studio-listings.ts';
import { categoryTrail, getMarketplace } from '../../../../../lib/marketplace.ts';
import { translator } from '../../../../../lib/messages.ts';
import { paths } from '../../../../../lib/paths.ts';
import { requireStore } from '../../../../../lib/studio.ts';
import { CategoryStep } from '../../../../../ui/category-step.tsx';
import { EarningsCard } from '../../../../../ui/earnings-card.tsx';
import { Link } from '../../../../../ui/link.tsx';
import { ListingForm } from '../../../../../ui/listing-form.tsx';
import { listingFormOf } from '../../../../../ui/studio-texts.ts';

type Props = {
  readonly params: Promise<{ lang: string }>;
  readonly searchParams: Promise<{ category?: string; kind?: string }>;
};

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  const { lang } = await params;
  const { words } = await getMarketplace(lang);
  return { title: translator(lang)('studio.newListing', { listing: words.listing }) };
}

/** First the category, which decides what is asked; then the listing. */
export default async function NewListingPage({ params, searchParams }: Props) {
  const [{ lang }, asked] = [await params, await searchParams];
  const path = paths.studioNewListing(lang);
  const store = await requireStore(lang, path);
  const [marketplace, t] = [await getMarketplace(lang), translator(lang)];
  const trail = categoryTrail(marketplace.categories, asked.category ?? '');
  const category = trail.at(-1);
  const title = t('studio.newListing', { listing: marketplace.words.listing });
  const kind =
    category?.kinds.find((each) => each === asked.kind) ??
    (category?.kinds.length === 1 ? category.kinds[0] : undefined);
  if (category === undefined || kind === undefined)
    return (
      <>
        <h1 className="text-3xl font-bold">{title}</h1>
        <section className="card max-w-xl space-y-5 p-5" aria-label={t('edit.category')}>
          <CategoryStep marketplace={marketplace} t={t} action={path} chosen={category?.id ?? ''} />
          {category !== undefined && (
            <div className="space-y-2">
              <h2 className="font-semibold">{t('edit.kind')}</h2>
              <ul className="flex flex-wrap gap-2">
                {category.kinds.map((each) => (
                  <li key={each}>
                    <Link className="button button-outline" href={`${path}?category=${category.id}&kind=${each}`}>
                      {t(`kind.${each}`)}
                    </Link>
                  </li>
                ))}
              </ul>
            </div>
          )}
        </section>
      </>
    );
  return (
    <>
      <header>
        <h1 className="text-3xl font-bold">{title}</h1>
        <p className="text-ink-muted">
          {trail.map(({ name }) => name).join(' › ')} · {t(`kind.${kind}`)} ·{' '}
          <Link href={path} className="link">
            {t('edit.changeCategory')}
          </Link>
        </p>
      </header>
      <EarningsCard
        lang={lang}
        currency={marketplace.currency}
        storeId={store.id}
        categoryId={category.id}
        kind={kind}
      />
      <ListingForm
        key={`${category.id}-${kind}`}
        lang={lang}
        action={saveListing.bind(null, lang, { storeId: store.id, categoryId: category.id, kind, listing: null })}
        kind={kind}
        values={{
          title: '',
          description: '',
          condition: marketplace.conditions[0]?.id ?? '',
          city: store.location?.city ?? '',
          region: store.location?.region ?? '',
          countryCode: store.location?.countryCode ?? marketplace.countries[0] ?? '',
          tags: '',
          isOfferAllowed: false,
          attributes: {},
          images: [],
          variants: [],
          optionNames: [],
        }}
        schema={category.attributes}
        {...listingFormOf(marketplace, lang)}
        idempotencyKey={randomUUID()}
      />
    </>
  );
}
