import type { Metadata } from 'next';
import { api } from '../../../../lib/api.ts';
import { translator } from '../../../../lib/messages.ts';
import { paths } from '../../../../lib/paths.ts';
import { requireStore } from '../../../../lib/studio.ts';
import { Chips } from '../../../../ui/chips.tsx';
import { Empty } from '../../../../ui/empty.tsx';
import { NextPage } from '../../../../ui/next-page.tsx';
import { OrderList } from '../../../../ui/order-list.tsx';
import { ReturnList } from '../../../../ui/return-list.tsx';

type Props = {
  readonly params: Promise<{ lang: string }>;
  readonly searchParams: Promise<{ open?: string; cursor?: string }>;
};

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  return { title: translator((await params).lang)('studio.sales') };
}

export default async function SalesPage({ params, searchParams }: Props) {
  const [{ lang }, { open, cursor }] = [await params, await searchParams];
  const path = paths.studioSales(lang);
  const store = await requireStore(lang, path);
  const [client, t] = [await api(lang), translator(lang)];
  const page = await client.orders.listSales({
    storeId: store.id,
    limit: 20,
    ...(open === undefined ? {} : { isOpen: open === 'true' }),
    cursor,
  });
  const returns =
    cursor === undefined ? (await client.orders.listStoreReturns({ storeId: store.id, limit: 50 })).items : [];
  return (
    <>
      <h1 className="text-3xl font-bold">{t('studio.sales')}</h1>
      <Chips
        label={t('browse.filters')}
        chips={[
          { href: path, label: t('studio.allStates'), isChosen: open === undefined },
          { href: `${path}?open=true`, label: t('sale.open'), isChosen: open === 'true' },
          { href: `${path}?open=false`, label: t('sale.done'), isChosen: open === 'false' },
        ]}
      />
      <ReturnList
        lang={lang}
        title={t('return.waiting')}
        returns={returns}
        hrefOf={(orderId) => paths.studioSale(lang, orderId)}
      />
      {page.items.length === 0 ? (
        <Empty icon="cart" title={t('sale.none')} hint={t('sale.noneHint')} />
      ) : (
        <OrderList orders={page.items} lang={lang} hrefOf={({ id }) => paths.studioSale(lang, id)} />
      )}
      <NextPage path={path} cursor={page.nextCursor} label={t('browse.more')} query={{ open }} />
    </>
  );
}
