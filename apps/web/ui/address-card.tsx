import type { Order } from '@plaza/orders/contract';
import { PostalAddress } from './postal-address.tsx';

type Props = { readonly title: string; readonly lang: string; readonly address: NonNullable<Order['address']> };

/** Where an order goes. */
export function AddressCard({ title, lang, address }: Props) {
  return (
    <section className="card p-5" aria-labelledby="address">
      <h2 id="address" className="mb-2 font-bold">
        {title}
      </h2>
      <PostalAddress lang={lang} address={address} />
    </section>
  );
}
