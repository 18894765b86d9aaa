import type { Order } from '@plaza/orders/contract';
import { countriesIn } from '../lib/address.ts';

type Address = Pick<
  NonNullable<Order['address']>,
  'recipientName' | 'line1' | 'line2' | 'city' | 'region' | 'postalCode' | 'countryCode' | 'phone'
>;

/** Somebody's address as a parcel shows it, with the country's name as the reader knows it. */
export function PostalAddress({ lang, address }: { lang: string; address: Address }) {
  const [country] = countriesIn(lang, [address.countryCode]);
  return (
    <address className="not-italic">
      <p className="font-semibold">{address.recipientName}</p>
      <p>{[address.line1, address.line2].filter(Boolean).join(', ')}</p>
      <p>{[address.postalCode, address.city, address.region, country?.name].filter(Boolean).join(' · ')}</p>
      {address.phone !== '' && <p className="text-ink-muted">{address.phone}</p>}
    </address>
  );
}
