import { api, orNotFound } from '../../../../../lib/api';
import { paths } from '../../../../../lib/paths';
import { requireStore } from '../../../../../lib/studio';
import { Sale } from '../../../../../ui/sale';

type Props = { readonly params: Promise<{ lang: string; orderId: string }> };

export default async function SalePage({ params }: Props) {
  const { lang, orderId } = await params;
  await requireStore(lang, paths.studioSale(lang, orderId));
  const client = await api(lang);
  const order = await orNotFound(client.orders.getOrder({ orderId: orderId as never }));
  return <Sale lang={lang} order={order} />;
}
