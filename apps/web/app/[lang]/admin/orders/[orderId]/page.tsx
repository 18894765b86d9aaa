import type { Metadata } from 'next';
import { api, orNotFound } from '../../../../../lib/api';
import { getMarketplace } from '../../../../../lib/marketplace';
import { requireOperator } from '../../../../../lib/studio';
import { Sale } from '../../../../../ui/sale';

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
