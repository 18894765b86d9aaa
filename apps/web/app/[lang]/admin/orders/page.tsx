import type { Metadata } from 'next';
import { api } from '../../../../lib/api.ts';
import { getMarketplace } from '../../../../lib/marketplace.ts';
import { translator } from '../../../../lib/messages.ts';
import { paths } from '../../../../lib/paths.ts';
import { requireOperator } from '../../../../lib/studio.ts';
import { Empty } from '../../../../ui/empty.tsx';
import { FindForm } from '../../../../ui/find-form.tsx';
import { NextPage } from '../../../../ui/next-page.tsx';
import { OrderList } from '../../../../ui/order-list.tsx';

type Props = {
  readonly params: Promise<{ lang: string }>;
  readonly searchParams: Promise<{ number?: string; cursor?: string }>;
};

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  return { title: (await getMarketplace((await params).lang)).words.orders };
}

export default async function AdminOrdersPage({ params, searchParams }: Props) {
  const [{ lang }, { number = '', cursor }] = [await params, await searchParams];
  await requireOperator('moderator', 'admin');
  const path = paths.adminOrders(lang);
  const [{ words }, client, t] = [await getMarketplace(lang), await api(lang), translator(lang)];
  const page = await client.orders.listAllOrders({
    limit: 30,
    ...(number === '' ? {} : { number: number.trim().slice(0, 40) }),
    cursor,
  });
  return (
    <>
      <h1 className="text-3xl font-bold">{words.orders}</h1>
      <FindForm action={path} name="number" value={number} label={t('admin.orderNumber')} submit={t('search.label')} />
      {page.items.length === 0 ? (
        <Empty icon="cart" title={t('admin.nothing')} />
      ) : (
        <OrderList orders={page.items} lang={lang} hrefOf={({ id }) => paths.adminOrder(lang, id)} />
      )}
      <NextPage path={path} cursor={page.nextCursor} label={t('browse.more')} query={{ number }} />
    </>
  );
}
