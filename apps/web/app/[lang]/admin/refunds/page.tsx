import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import Link from 'next/link';
import { retryRefund, settleRefundByHand, writeOffDebt } from '../../../../lib/actions/after-sale.ts';
import { api } from '../../../../lib/api.ts';
import { formatDateTime, formatMoney } from '../../../../lib/format.ts';
import { translator } from '../../../../lib/messages.ts';
import { paths } from '../../../../lib/paths.ts';
import { requireOperator } from '../../../../lib/studio.ts';
import { Empty } from '../../../../ui/empty.tsx';
import { NextPage } from '../../../../ui/next-page.tsx';
import { SimpleForm } from '../../../../ui/simple-form.tsx';

type Props = {
  readonly params: Promise<{ lang: string }>;
  readonly searchParams: Promise<{ cursor?: string; debts?: string }>;
};

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  return { title: translator((await params).lang)('failedRefund.list') };
}

/** Refunds that no provider sends, and debts that may never be paid: each waits for an operator. */
export default async function RefundsPage({ params, searchParams }: Props) {
  const [{ lang }, { cursor, debts: debtCursor }] = [await params, await searchParams];
  await requireOperator('admin');
  const [client, t] = [await api(lang), translator(lang)];
  const path = paths.adminRefunds(lang);
  const [refunds, debts] = await Promise.all([
    client.payments.listFailedRefunds({ limit: 20, ...(cursor === undefined ? {} : { cursor }) }),
    client.payments.listDebts({ limit: 20, ...(debtCursor === undefined ? {} : { cursor: debtCursor }) }),
  ]);
  const [numbers, stores] = await Promise.all([
    Promise.all(
      refunds.items.map(async ({ orderId }) =>
        orderId === null ? undefined : (await client.orders.getOrder({ orderId })).number,
      ),
    ),
    Promise.all(debts.items.map(async ({ storeId }) => (await client.catalog.getStore({ storeId })).name)),
  ]);
  return (
    <>
      <h1 className="text-3xl font-bold">{t('failedRefund.list')}</h1>
      <p className="max-w-prose text-ink-muted">{t('failedRefund.hint')}</p>
      {refunds.items.length === 0 && <Empty icon="check" title={t('admin.nothing')} />}
      <ul className="space-y-3">
        {refunds.items.map((refund, i) => (
          <li key={refund.id} className="card space-y-4 p-5">
            <div className="flex flex-wrap justify-between gap-2">
              <div className="min-w-40 grow">
                <p className="font-semibold [overflow-wrap:anywhere]">{refund.reason}</p>
                <p className="text-sm text-ink-muted [overflow-wrap:anywhere]">
                  {[refund.provider, refund.failureReason, formatDateTime(refund.createdTime, lang)]
                    .filter(Boolean)
                    .join(' · ')}
                </p>
                {refund.attempts > 0 && (
                  <p className="text-sm text-ink-muted">{t('failedRefund.attempts', { count: refund.attempts })}</p>
                )}
                {refund.orderId !== null && (
                  <Link className="link" href={paths.adminOrder(lang, refund.orderId)}>
                    {t('order.title', { number: numbers[i] ?? '' })}
                  </Link>
                )}
              </div>
              <p className="font-heading text-lg font-bold">
                {formatMoney({ amountMinor: refund.amountMinor, currency: refund.currency }, lang)}
              </p>
            </div>
            <div className="flex flex-wrap items-start gap-3">
              <SimpleForm
                action={retryRefund.bind(null, lang, refund.id)}
                fields={[]}
                submit={t('failedRefund.retry')}
                pending={t('form.pending')}
                idempotencyKey={`${refund.id}-${refund.attempts}`}
              />
              <details className="w-full max-w-md rounded-medium open:border open:border-line open:p-4">
                <summary className="button button-outline w-fit list-none">{t('failedRefund.byHand')}</summary>
                <div className="pt-4">
                  <SimpleForm
                    action={settleRefundByHand.bind(null, lang, refund.id)}
                    fields={[
                      { name: 'reference', label: t('failedRefund.reference'), required: true, maxLength: 100 },
                      { name: 'note', label: t('failedRefund.note'), maxLength: 500 },
                    ]}
                    submit={t('failedRefund.byHand')}
                    pending={t('form.pending')}
                    idempotencyKey={randomUUID()}
                  />
                </div>
              </details>
            </div>
          </li>
        ))}
      </ul>
      <NextPage path={path} cursor={refunds.nextCursor} label={t('browse.more')} />
      <section className="space-y-3" aria-labelledby="debts">
        <h2 id="debts" className="text-xl font-bold">
          {t('debt.list')}
        </h2>
        <p className="max-w-prose text-ink-muted">{t('debt.hint')}</p>
        {debts.items.length === 0 && <p className="card p-5 text-ink-muted">{t('admin.nothing')}</p>}
        <ul className="space-y-3">
          {debts.items.map((debt, i) => (
            <li key={debt.accountId} className="card space-y-3 p-5">
              <p className="flex flex-wrap justify-between gap-2">
                <Link className="link" href={paths.adminAccount(lang, debt.accountId)}>
                  {stores[i]}
                </Link>
                <span className="font-heading font-bold">{formatMoney(debt.owed, lang)}</span>
              </p>
              <details className="max-w-md rounded-medium open:border open:border-line open:p-4">
                <summary className="button button-outline w-fit list-none">{t('debt.writeOff')}</summary>
                <div className="pt-4">
                  <SimpleForm
                    action={writeOffDebt.bind(null, lang, { storeId: debt.storeId, currency: debt.owed.currency })}
                    fields={[
                      {
                        name: 'amount',
                        label: t('edit.amount', { currency: debt.owed.currency }),
                        required: true,
                        inputMode: 'decimal',
                      },
                      { name: 'reason', label: t('order.reason'), required: true, maxLength: 500 },
                    ]}
                    submit={t('debt.writeOff')}
                    pending={t('form.pending')}
                    buttonClassName="button button-danger"
                    idempotencyKey={randomUUID()}
                  />
                </div>
              </details>
            </li>
          ))}
        </ul>
        <NextPage path={path} cursor={debts.nextCursor} label={t('browse.more')} name="debts" />
      </section>
    </>
  );
}
