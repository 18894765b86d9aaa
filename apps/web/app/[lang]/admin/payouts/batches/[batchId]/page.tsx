import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { api, orUndefined } from '../../../../../../lib/api.ts';
import { formatDateTime, formatMoney } from '../../../../../../lib/format.ts';
import { translator } from '../../../../../../lib/messages.ts';
import { paths } from '../../../../../../lib/paths.ts';
import { requireOperator } from '../../../../../../lib/studio.ts';
import { Link } from '../../../../../../ui/link.tsx';
import { NextPage } from '../../../../../../ui/next-page.tsx';
import { StateBadge } from '../../../../../../ui/order-list.tsx';
import { PayoutFile, PayoutLine } from '../../../../../../ui/payout-batch.tsx';

type Props = {
  readonly params: Promise<{ lang: string; batchId: string }>;
  readonly searchParams: Promise<{ cursor?: string }>;
};

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  return { title: translator((await params).lang)('payoutDesk.batch') };
}

/** A batch and its payouts. One that goes as a file: the file, its handover, and how each payout ended. */
export default async function PayoutBatchPage({ params, searchParams }: Props) {
  const [{ lang, batchId }, { cursor }] = [await params, await searchParams];
  await requireOperator('admin');
  const [client, t] = [await api(lang), translator(lang)];
  const [batch, lines] = await Promise.all([
    orUndefined(client.payments.getPayoutBatch({ batchId }), 'PAYOUT_BATCH_NOT_FOUND', 'INVALID_INPUT'),
    orUndefined(client.payments.listAllPayouts({ limit: 100, batchId, cursor }), 'INVALID_INPUT'),
  ]);
  if (batch === undefined || lines === undefined) notFound();
  const path = paths.adminPayoutBatch(lang, batchId);
  return (
    <>
      <p>
        <Link className="link" href={paths.adminPayouts(lang)}>
          {t('balance.payouts')}
        </Link>
      </p>
      <h1 className="text-3xl font-bold">{t('payoutDesk.batch')}</h1>
      <section className="card space-y-4 p-5" aria-label={t('payoutDesk.batch')}>
        <p className="flex flex-wrap items-center justify-between gap-2">
          <span className="font-medium">
            {formatMoney(batch.sum, lang)} · {t('payoutDesk.count', { count: batch.payoutCount })} · {batch.provider} ·{' '}
            {formatDateTime(batch.createdTime, lang)}
          </span>
          <StateBadge label={t(`payoutBatch.${batch.state}`)} isFinal={batch.closedTime !== null} />
        </p>
        {batch.handover === 'file' && <PayoutFile batch={batch} lang={lang} />}
      </section>
      <ul className="card divide-y divide-line">
        {lines.items.map((payout) => (
          <PayoutLine key={payout.id} payout={payout} batch={batch} lang={lang} />
        ))}
      </ul>
      <NextPage path={path} cursor={lines.nextCursor} label={t('browse.more')} />
    </>
  );
}
