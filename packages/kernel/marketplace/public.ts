import { LOCALES, type Locale, type LocalizedText, localize } from '../localized.ts';
import type { Attribute, Category, ListingKind } from './category.ts';
import type { MarketplaceSettings, Words } from './settings.ts';

/** A value with every text by language replaced by the text itself. */
type InOneLanguage<Value> = Value extends LocalizedText
  ? string
  : Value extends readonly (infer Item)[]
    ? InOneLanguage<Item>[]
    : Value extends object
      ? { [Key in keyof Value]: InOneLanguage<Value[Key]> }
      : Value;

export type PublicAttribute = Omit<Attribute, 'label' | 'options'> & {
  label: string;
  options?: { value: string; label: string }[] | undefined;
};
export type PublicCategory = {
  id: string;
  name: string;
  icon: string;
  kinds: ListingKind[];
  /** Its own and those of the categories above it. */
  attributes: PublicAttribute[];
  children: PublicCategory[];
};

/** What anyone may know of a marketplace, in one language; plain JSON. Commission and senders are not in it. */
export type PublicSettings = {
  id: string;
  name: string;
  tagline: string;
  description: string;
  locale: Locale;
  words: Words;
  categories: PublicCategory[];
  /** In the order of their names. */
  places: { id: string; name: string; latitude: number; longitude: number }[];
  policies: { name: string; title: string; body: string }[];
} & Pick<
  MarketplaceSettings,
  | 'locales'
  | 'currency'
  | 'timeZone'
  | 'countries'
  | 'theme'
  | 'listingKinds'
  | 'checkout'
  | 'refunds'
  | 'seo'
  | 'supportEmail'
  | 'features'
> & {
    /** What a seller must know of payouts; when an operator looks at one is nobody's business. */
    payout: Pick<MarketplaceSettings['payout'], 'minimumMinor' | 'holdDays' | 'cadences'>;
  } & {
    [Key in 'conditions' | 'licenses' | 'paymentMethods' | 'shipping' | 'wallet']: InOneLanguage<
      MarketplaceSettings[Key]
    >;
  };

/** The public part of a marketplace's settings in `locale`, or in its first language when it has not that one. */
export function publicSettings(settings: MarketplaceSettings, locale: string): PublicSettings {
  const chosen = settings.locales.find((one) => one === locale) ?? (settings.locales[0] as Locale);
  const inLanguage = <Value>(value: Value) => inOneLanguage(value, chosen) as InOneLanguage<Value>;
  return {
    id: settings.id,
    name: localize(settings.name, chosen),
    tagline: localize(settings.tagline, chosen),
    description: localize(settings.description, chosen),
    locale: chosen,
    locales: settings.locales,
    currency: settings.currency,
    timeZone: settings.timeZone,
    countries: settings.countries,
    words: settings.words[chosen] as Words, // the loader requires words of every locale
    theme: settings.theme,
    categories: settings.categories.map((category) => publicCategory(category, [], settings.listingKinds, chosen)),
    conditions: inLanguage(settings.conditions),
    licenses: inLanguage(settings.licenses),
    paymentMethods: inLanguage(settings.paymentMethods),
    shipping: inLanguage(settings.shipping),
    wallet: inLanguage(settings.wallet),
    places: settings.places
      .map(({ id, name, latitude, longitude }) => ({ id, name: localize(name, chosen), latitude, longitude }))
      .sort((a, b) => a.name.localeCompare(b.name, chosen)),
    policies: settings.policies.map(({ name, title, body }) => ({
      name,
      title: localize(title, chosen),
      body: localize(body, chosen),
    })),
    listingKinds: settings.listingKinds,
    checkout: settings.checkout,
    refunds: settings.refunds,
    payout: {
      minimumMinor: settings.payout.minimumMinor,
      holdDays: settings.payout.holdDays,
      cadences: settings.payout.cadences,
    },
    seo: settings.seo,
    supportEmail: settings.supportEmail,
    features: settings.features,
  };
}

function publicCategory(
  category: Category,
  inherited: readonly PublicAttribute[],
  parentKinds: readonly ListingKind[],
  locale: Locale,
): PublicCategory {
  const attributes = [...inherited, ...(inOneLanguage(category.attributes, locale) as PublicAttribute[])];
  const kinds = [...(category.kinds ?? parentKinds)];
  return {
    id: category.id,
    name: localize(category.name, locale),
    icon: category.icon,
    kinds,
    attributes,
    children: category.children.map((child) => publicCategory(child, attributes, kinds, locale)),
  };
}

function inOneLanguage(value: unknown, locale: Locale): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => inOneLanguage(item, locale));
  const entries = Object.entries(value);
  if (entries.length > 0 && entries.every(([key]) => (LOCALES as readonly string[]).includes(key)))
    return localize(value as LocalizedText, locale);
  return Object.fromEntries(entries.map(([key, child]) => [key, inOneLanguage(child, locale)]));
}
