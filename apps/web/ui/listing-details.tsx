import type { Listing } from '@plaza/catalog/contract';
import { categoryTrail, type Marketplace } from '../lib/marketplace.ts';
import { type Translate, translator } from '../lib/messages.ts';

type Props = { readonly lang: string; readonly marketplace: Marketplace; readonly listing: Listing };

/** What a listing's category asks of it, as far as its seller said so. */
export function ListingDetails({ lang, marketplace, listing }: Props) {
  const t = translator(lang);
  const attributes = attributesOf(listing, marketplace, t);
  if (attributes.length === 0) return null;
  return (
    <section aria-labelledby="details">
      <h2 id="details" className="mb-3 text-xl font-bold">
        {t('listing.details')}
      </h2>
      <dl className="card divide-y divide-line">
        {attributes.map(({ label, value }) => (
          <div key={label} className="grid grid-cols-2 gap-3 px-4 py-2.5 text-sm">
            <dt className="text-ink-muted">{label}</dt>
            <dd className="font-medium">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function attributesOf(listing: Listing, marketplace: Marketplace, t: Translate): { label: string; value: string }[] {
  const schema = categoryTrail(marketplace.categories, listing.categoryId).at(-1)?.attributes ?? [];
  return schema.flatMap(({ key, label, unit, options }) => {
    const value = listing.attributes[key];
    if (value === undefined) return [];
    const nameOf = (each: unknown) => options?.find((option) => option.value === each)?.label ?? String(each);
    const isYesOrNo = typeof value === 'boolean';
    const shown = isYesOrNo ? t(value ? 'common.yes' : 'common.no') : [value].flat().map(nameOf).join(', ');
    return [{ label, value: unit === undefined ? shown : `${shown} ${unit}` }];
  });
}
