import type { Metadata } from 'next';
import { api, orNotFound } from '../../../../../lib/api.ts';
import { getMarketplace } from '../../../../../lib/marketplace.ts';
import { requireOperator } from '../../../../../lib/studio.ts';
import { Sale } from '../../../../../ui/sale.tsx';

type Props = { readonly params: Promise<{ lang: string; orderId: string }> };

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  return { title: (await getMarketplace((await params).lang)).words.orders };
}

/** Any order, with what an operator may do about it. */
export default async function AdminOrderPage({ params }: Props) {
  const { lang, orderId } = await params;
  await requireOperator('moderator', 'admin');
  const client = await api(lang);
  const order = await orNotFound(client.orders.getOrder({ orderId: orderId as never }));
  return <Sale lang={lang} order={order} />;
}
