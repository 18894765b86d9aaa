import { type Currency, currencyExponent } from '@plaza/kernel';
import type { ListingRecord } from '../domain/listing.ts';
import type { ImageRow } from './store/image.ts';

/** A listing with what its import knew: the file's rows, and addresses of images. */
export type Exported = {
  readonly listing: ListingRecord;
  readonly source: readonly Record<string, string>[] | undefined;
  readonly images: readonly ImageRow[];
};

/** Where the images came from; pictures that were uploaded by hand by their own address. */
export function imageAddresses(
  listing: ListingRecord,
  known: readonly ImageRow[],
): { url: string; alt: string | undefined }[] {
  const own = known.map(({ url, alt }) => ({ url, alt: alt ?? undefined }));
  const fetched = new Set<string | undefined>(known.map(({ image }) => image?.assetId));
  const added = listing.images.filter(({ assetId }) => !fetched.has(assetId));
  return [...own, ...added.map(({ url, alt }) => ({ url, alt: alt ?? undefined }))];
}

/** `129900` minor units of USD as `1299.00`. */
export function decimal(minor: number, currency: Currency): string {
  const exponent = currencyExponent(currency);
  if (exponent === 0) return String(minor);
  const digits = String(minor).padStart(exponent + 1, '0');
  return `${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}

/** One line of CSV as Shopify writes it: quoted only where it must be (RFC 4180). */
export function csvLine(fields: readonly string[]): string {
  return `${fields.map((field) => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)).join(',')}\n`;
}
