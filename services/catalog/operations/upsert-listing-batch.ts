import type { Currency } from '@plaza/kernel';
import type { Attributes, Condition, ListingImage, ListingKind, Location } from '../contract.ts';

/** A listing as an import brings it. Everything is checked by the caller against the contract's limits. */
export type ListingRow = {
  /** Identifies the listing within its store: the same handle again is an update. */
  readonly handle: string;
  readonly kind: ListingKind;
  readonly title: string;
  /** Made safe here, whatever it holds. */
  readonly description: string;
  readonly categoryId: string;
  /** Already passed `checkAttributes` of domain/attributes.ts. */
  readonly attributes: Attributes;
  readonly condition: Condition | null;
  readonly location: Location | null;
  readonly tags: readonly string[];
  readonly images: readonly ListingImage[];
  readonly taxClass: string;
  readonly isOfferAllowed: boolean;
  readonly externalId: string | null;
  readonly state: 'draft' | 'published' | 'paused';
  readonly currency: Currency;
  /** At least one. Matched to existing ones by options. */
  readonly variants: readonly VariantRow[];
};

export type VariantRow = {
  readonly sku: string | null;
  readonly options: readonly { readonly name: string; readonly value: string }[];
  readonly priceMinor: number;
  readonly compareAtPriceMinor: number | null;
  /** Null: unlimited. */
  readonly onHand: number | null;
  readonly weightGrams: number | null;
  readonly imageUrl: string | null;
  readonly licenseCode: string | null;
  readonly externalId: string | null;
};
