import type { Metadata } from 'next';
import { confirmTransfer } from '../../../../lib/actions/admin.ts';
import { api } from '../../../../lib/api.ts';
import { formatDateTime, formatMoney } from '../../../../lib/format.ts';
import { translator } from '../../../../lib/messages.ts';
import { paths } from '../../../../lib/paths.ts';
import { requireOperator } from '../../../../lib/studio.ts';
import { ConfirmTransferForm } from '../../../../ui/confirm-transfer-form.tsx';
import { FindForm } from '../../../../ui/find-form.tsx';
import { NextPage } from '../../../../ui/next-page.tsx';

type Props = {
  readonly params: Promise<{ lang: string }>;
  readonly searchParams: Promise<{ reference?: string; cursor?: string }>;
};

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  return { title: translator((await params).lang)('bankTransfer.awaited') };
}

/** Bank transfers that the operator looks for in the bank's statement, and confirms by what stands there. */
export default async function TransfersPage({ params, searchParams }: Props) {
  const [{ lang }, { reference = '', cursor }] = [await params, await searchParams];
  await requireOperator('admin');
  const [client, t] = [await api(lang), translator(lang)];
  const path = paths.adminTransfers(lang);
  const page = await client.payments.listAwaitedTransfers({
    limit: 30,
    ...(reference === '' ? {} : { reference: reference.trim().slice(0, 20) }),
    cursor,
  });
  return (
    <>
      <h1 className="text-3xl font-bold">{t('bankTransfer.awaited')}</h1>
      <p className="max-w-prose text-ink-muted">{t('bankTransfer.awaitedHint')}</p>
      <FindForm
        action={path}
        name="reference"
        value={reference}
        label={t('bankTransfer.reference')}
        submit={t('search.label')}
      />
      {page.items.length === 0 && <p className="card p-5 text-ink-muted">{t('admin.nothing')}</p>}
      <ul className="space-y-3">
        {page.items.map((transfer) => (
          <li key={transfer.paymentId} className="card space-y-3 p-4">
            <p className="flex flex-wrap justify-between gap-2">
              <span className="font-semibold">{formatMoney(transfer.amount, lang)}</span>
              <span className="text-sm text-ink-muted">{formatDateTime(transfer.createdTime, lang)}</span>
            </p>
            <ConfirmTransferForm
              action={confirmTransfer.bind(null, lang, transfer.paymentId, transfer.amount.currency)}
              idempotencyKey={`${transfer.paymentId}-received`}
              labels={{
                reference: t('bankTransfer.reference'),
                received: t('bankTransfer.amount'),
                confirm: t('bankTransfer.confirm'),
              }}
            />
          </li>
        ))}
      </ul>
      <NextPage path={path} cursor={page.nextCursor} label={t('browse.more')} query={{ reference }} />
    </>
  );
}
