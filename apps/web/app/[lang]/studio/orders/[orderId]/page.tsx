import type { Metadata } from 'next';
import { api, orNotFound } from '../../../../../lib/api.ts';
import { translator } from '../../../../../lib/messages.ts';
import { paths } from '../../../../../lib/paths.ts';
import { requireStore } from '../../../../../lib/studio.ts';
import { Sale } from '../../../../../ui/sale.tsx';

type Props = { readonly params: Promise<{ lang: string; orderId: string }> };

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  return { title: translator((await params).lang)('studio.sales') };
}

export default async function SalePage({ params }: Props) {
  const { lang, orderId } = await params;
  await requireStore(lang, paths.studioSale(lang, orderId));
  const client = await api(lang);
  const order = await orNotFound(client.orders.getOrder({ orderId }));
  return <Sale lang={lang} order={order} />;
}
