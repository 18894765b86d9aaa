import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { sendPayoutBatch, settlePayoutBatch } from '../../../../../../lib/actions/payout-desk.ts';
import { api, orUndefined } from '../../../../../../lib/api.ts';
import { formatDateTime, formatMoney } from '../../../../../../lib/format.ts';
import { translator } from '../../../../../../lib/messages.ts';
import { paths } from '../../../../../../lib/paths.ts';
import { requireOperator } from '../../../../../../lib/studio.ts';
import { BankResultForm } from '../../../../../../ui/decide-payout-form.tsx';
import { NextPage } from '../../../../../../ui/next-page.tsx';
import { StateBadge } from '../../../../../../ui/order-list.tsx';
import { notesOf, PayoutBadge } from '../../../../../../ui/payouts.tsx';
import { SimpleForm } from '../../../../../../ui/simple-form.tsx';

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
    orUndefined(
      client.payments.listAllPayouts({
        limit: 100,
        batchId,
        ...(cursor === undefined ? {} : { cursor }),
      }),
      'INVALID_INPUT',
    ),
  ]);
  if (batch === undefined || lines === undefined) notFound();
  const isFile = batch.handover === 'file';
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
        {isFile && (
          <div className="space-y-1">
            <a className="link" href={paths.adminPayoutFile(lang, batchId)} rel="nofollow">
              {t('payoutDesk.file')}
            </a>
            <p className="max-w-prose text-sm text-ink-muted">{t('payoutDesk.fileHint')}</p>
          </div>
        )}
        {isFile && batch.state === 'created' && (
          <SimpleForm
            action={sendPayoutBatch.bind(null, lang, batchId)}
            fields={[]}
            submit={t('payoutDesk.handOver')}
            pending={t('form.pending')}
            idempotencyKey={`${batchId}-handover`}
          />
        )}
        {isFile && batch.state === 'sent' && (
          <SimpleForm
            action={settlePayoutBatch.bind(null, lang, batchId)}
            fields={[
              {
                name: 'text',
                label: t('payoutDesk.results'),
                type: 'textarea',
                rows: 4,
                required: true,
                hint: t('payoutDesk.resultsHint'),
              },
            ]}
            submit={t('payoutDesk.enterResults')}
            pending={t('form.pending')}
            idempotencyKey={randomUUID()}
            buttonClassName="button button-quiet"
          />
        )}
      </section>
      <ul className="card divide-y divide-line">
        {lines.items.map((payout) => (
          <li key={payout.id} className="space-y-3 p-4">
            <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
              <div className="min-w-48 grow">
                <Link className="link font-medium" href={paths.adminPayout(lang, payout.id)}>
                  {payout.destination.holderName} · {payout.destination.bankName} •••• {payout.destination.last4}
                </Link>
                <p className="text-sm text-ink-muted">{notesOf(payout, lang).join(' · ')}</p>
              </div>
              <PayoutBadge payout={payout} lang={lang} />
              <p className="ml-auto min-w-24 text-right font-heading font-bold">{formatMoney(payout.amount, lang)}</p>
            </div>
            {isFile && payout.state === 'sent' && (
              <BankResultForm
                action={settlePayoutBatch.bind(null, lang, batchId)}
                payoutId={payout.id}
                idempotencyKey={randomUUID()}
                labels={{
                  paid: t('payoutDesk.markPaid'),
                  failed: t('payoutDesk.markFailed'),
                  account_refused: t('payoutDesk.markRefused'),
                }}
              />
            )}
          </li>
        ))}
      </ul>
      <NextPage path={path} cursor={lines.nextCursor} label={t('browse.more')} />
    </>
  );
}
