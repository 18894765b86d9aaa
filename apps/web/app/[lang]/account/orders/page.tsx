import type { Metadata } from 'next';
import { api } from '../../../../lib/api.ts';
import { getMarketplace } from '../../../../lib/marketplace.ts';
import { translator } from '../../../../lib/messages.ts';
import { paths } from '../../../../lib/paths.ts';
import { requireMember } from '../../../../lib/session.ts';
import { Empty } from '../../../../ui/empty.tsx';
import { NextPage } from '../../../../ui/next-page.tsx';
import { OrderList } from '../../../../ui/order-list.tsx';

type Props = {
  readonly params: Promise<{ lang: string }>;
  readonly searchParams: Promise<{ cursor?: string }>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await getMarketplace((await params).lang)).words.orders, robots: { index: false } };
}

export default async function OrdersPage({ params, searchParams }: Props) {
  const [{ lang }, { cursor }] = [await params, await searchParams];
  await requireMember(lang, paths.orders(lang));
  const [{ words }, client, t] = [await getMarketplace(lang), await api(lang), translator(lang)];
  const page = await client.orders.listOrders({ limit: 20, cursor });
  return (
    <>
      <h1 className="text-3xl font-bold">{words.orders}</h1>
      {page.items.length === 0 ? (
        <Empty
          icon="cart"
          title={t('order.empty')}
          action={{
            href: paths.browse(lang),
            label: t('home.browse', { listings: words.listings.toLocaleLowerCase(lang) }),
          }}
        />
      ) : (
        <OrderList orders={page.items} lang={lang} hrefOf={({ id }) => paths.order(lang, id)} />
      )}
      <NextPage path={paths.orders(lang)} cursor={page.nextCursor} label={t('browse.more')} />
    </>
  );
}
