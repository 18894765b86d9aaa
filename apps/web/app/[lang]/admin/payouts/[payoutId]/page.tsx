import { randomUUID } from 'node:crypto';
import type { Payout } from '@plaza/payments/contract';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import type { ComponentProps } from 'react';
import { decidePayout } from '../../../../../lib/actions/payout-desk.ts';
import { api, orUndefined } from '../../../../../lib/api.ts';
import { formatDateTime, formatMoney } from '../../../../../lib/format.ts';
import { codeText, type Translate, translator } from '../../../../../lib/messages.ts';
import { paths } from '../../../../../lib/paths.ts';
import { requireOperator } from '../../../../../lib/studio.ts';
import { DecidePayoutForm } from '../../../../../ui/decide-payout-form.tsx';
import { Link } from '../../../../../ui/link.tsx';
import { notesOf, PayoutBadge } from '../../../../../ui/payouts.tsx';

type Props = { readonly params: Promise<{ lang: string; payoutId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: translator((await params).lang)('payoutDesk.record') };
}

/** One payout: how it stands, what can be done, and all that was done with what was known then. */
export default async function PayoutPage({ params }: Props) {
  const { lang, payoutId } = await params;
  await requireOperator('admin');
  const [client, t] = [await api(lang), translator(lang)];
  const missing = ['PAYOUT_NOT_FOUND', 'INVALID_INPUT'];
  const found = await orUndefined(client.payments.getPayoutRecord({ payoutId }), ...missing);
  if (found === undefined) notFound();
  const { payout, items } = found;
  const labels = decisionsOn(payout.state, t);
  return (
    <>
      <p>
        <Link className="link" href={paths.adminPayouts(lang)}>
          {t('balance.payouts')}
        </Link>
      </p>
      <h1 className="text-3xl font-bold">{formatMoney(payout.amount, lang)}</h1>
      <section className="card space-y-3 p-5" aria-label={t('payoutDesk.to')}>
        <p className="flex flex-wrap items-center justify-between gap-2">
          <span className="font-medium">
            {payout.destination.holderName} · {payout.destination.bankName} •••• {payout.destination.last4}
          </span>
          <PayoutBadge payout={payout} lang={lang} />
        </p>
        <p className="break-words text-sm text-ink-muted">
          {[payout.id, payout.ownerId, payout.provider, ...notesOf(payout, lang)].join(' · ')}
        </p>
        {payout.batchId !== null && (
          <Link className="link" href={paths.adminPayoutBatch(lang, payout.batchId)}>
            {t('payoutDesk.batch')}
          </Link>
        )}
        {labels !== undefined && (
          <DecidePayoutForm
            action={decidePayout.bind(null, lang, payout.id)}
            idempotencyKey={randomUUID()}
            labels={labels}
          />
        )}
      </section>
      <section className="space-y-3" aria-labelledby="record">
        <h2 id="record" className="text-xl font-bold">
          {t('payoutDesk.record')}
        </h2>
        <ol className="space-y-3">
          {items.map((entry) => (
            <li key={`${entry.kind}-${entry.time}`} className="card space-y-2 p-4">
              <p className="flex flex-wrap justify-between gap-2">
                <span className="font-medium">{codeText(t, 'payoutRecord', entry.kind)}</span>
                <span className="text-sm text-ink-muted">
                  {entry.by} · {formatDateTime(entry.time, lang)}
                </span>
              </p>
              {Object.keys(entry.details).length > 0 && (
                <details>
                  <summary className="link w-fit cursor-pointer">{t('payoutDesk.details')}</summary>
                  <pre className="overflow-x-auto whitespace-pre-wrap break-words pt-2 text-sm">
                    {JSON.stringify(entry.details, null, 2)}
                  </pre>
                </details>
              )}
            </li>
          ))}
        </ol>
      </section>
    </>
  );
}

/** What an operator may do about a payout in this state. */
function decisionsOn(
  state: Payout['state'],
  t: Translate,
): ComponentProps<typeof DecidePayoutForm>['labels'] | undefined {
  const rejection = { reject: t('payoutDesk.reject'), reason: t('payoutDesk.reason') };
  switch (state) {
    case 'awaiting_approval':
      return { approve: t('payoutDesk.approve'), ...rejection };
    case 'requested':
      return rejection;
    case 'failed':
      return { retry: t('payoutDesk.retry') };
    case 'paid':
      return {
        returnAccount: t('payoutDesk.returnAccount'),
        returnBank: t('payoutDesk.returnBank'),
        reason: t('payoutDesk.returnReason'),
      };
    default:
      return undefined;
  }
}
