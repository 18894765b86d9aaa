import type { Metadata } from 'next';
import { api } from '../../../../lib/api.ts';
import { formatDateTime, formatMoney } from '../../../../lib/format.ts';
import { translator } from '../../../../lib/messages.ts';
import { paths } from '../../../../lib/paths.ts';
import { requireOperator } from '../../../../lib/studio.ts';
import { Empty } from '../../../../ui/empty.tsx';
import { Link } from '../../../../ui/link.tsx';
import { NextPage } from '../../../../ui/next-page.tsx';
import { ReturnList } from '../../../../ui/return-list.tsx';

type Props = {
  readonly params: Promise<{ lang: string }>;
  readonly searchParams: Promise<{ cursor?: string }>;
};

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  return { title: translator((await params).lang)('admin.disputes') };
}

/** What waits for an operator's ruling. The ruling itself is an action of the order. */
export default async function DisputesPage({ params, searchParams }: Props) {
  const [{ lang }, { cursor }] = [await params, await searchParams];
  await requireOperator('moderator', 'admin');
  const [client, t] = [await api(lang), translator(lang)];
  const contested = cursor === undefined ? (await client.orders.listContestedReturns({ limit: 50 })).items : [];
  const page = await client.orders.listDisputes({ limit: 30, cursor });
  return (
    <>
      <h1 className="text-3xl font-bold">{t('admin.disputes')}</h1>
      <p className="text-ink-muted">{t('admin.disputesHint')}</p>
      {page.items.length === 0 ? (
        <Empty icon="check" title={t('admin.nothing')} />
      ) : (
        <ul className="card divide-y divide-line">
          {page.items.map((dispute) => (
            <li key={dispute.groupId} className="relative flex flex-wrap items-start justify-between gap-3 p-4">
              <div className="min-w-40 grow">
                <h2 className="font-semibold">
                  <Link href={paths.adminOrder(lang, dispute.orderId)} className="after:absolute after:inset-0">
                    {dispute.title}
                  </Link>
                </h2>
                <p className="text-sm text-ink-muted">
                  {dispute.number} · {dispute.storeName} · {formatDateTime(dispute.disputeTime, lang)}
                </p>
                {dispute.reason !== null && <p className="[overflow-wrap:anywhere]">{dispute.reason}</p>}
              </div>
              <p className="font-semibold">{formatMoney(dispute.held, lang)}</p>
            </li>
          ))}
        </ul>
      )}
      <ReturnList
        lang={lang}
        title={t('return.contested')}
        returns={contested}
        hrefOf={(orderId) => paths.adminOrder(lang, orderId)}
      />
      <NextPage path={paths.adminDisputes(lang)} cursor={page.nextCursor} label={t('browse.more')} />
    </>
  );
}
