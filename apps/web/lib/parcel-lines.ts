import type { Currency } from '@plaza/kernel';
import { typedPriceMinor } from './browse-query.ts';

type ParcelLine = {
  readonly trackingNumber: string;
  readonly outcome: 'collected' | 'refused';
  readonly amountMinor?: number;
};

/**
 * What a carrier reports, a line a parcel: its number and the amount that was collected, or `refused`; divided by semicolons or
 * tabs. Undefined when a line cannot be read.
 *
 * @example parcelLines('TH1; 450.00\nTH2; refused', 'THB')
 */
export function parcelLines(text: string, currency: Currency): ParcelLine[] | undefined {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const read = lines.map((line): ParcelLine | undefined => {
    const [trackingNumber = '', word = '', ...more] = line.split(/[;\t]/).map((part) => part.trim());
    if (trackingNumber === '' || more.some((part) => part !== '')) return undefined;
    if (word.toLowerCase() === 'refused') return { trackingNumber, outcome: 'refused' };
    const amountMinor = typedPriceMinor(word, currency);
    return amountMinor === undefined ? undefined : { trackingNumber, outcome: 'collected', amountMinor };
  });
  const parcels = read.flatMap((line) => (line === undefined ? [] : [line]));
  return parcels.length === read.length && parcels.length > 0 ? parcels : undefined;
}
