import type { Order } from '@plaza/orders/contract';

/** Where an order goes. */
export function AddressCard({ title, address }: { title: string; address: NonNullable<Order['address']> }) {
  return (
    <section className="card p-5" aria-labelledby="address">
      <h2 id="address" className="mb-2 font-bold">
        {title}
      </h2>
      <address className="not-italic">
        <p>{address.recipientName}</p>
        <p>{[address.line1, address.line2].filter(Boolean).join(', ')}</p>
        <p>{[address.postalCode, address.city, address.region, address.countryCode].filter(Boolean).join(' · ')}</p>
        {address.phone !== '' && <p>{address.phone}</p>}
      </address>
    </section>
  );
}
