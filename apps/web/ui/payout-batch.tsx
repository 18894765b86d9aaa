import { randomUUID } from 'node:crypto';
import type { Payout, PayoutBatch } from '@plaza/payments/contract';
import { sendPayoutBatch, settlePayoutBatch } from '../lib/actions/payout-desk.ts';
import { formatMoney } from '../lib/format.ts';
import { translator } from '../lib/messages.ts';
import { paths } from '../lib/paths.ts';
import { BankResultForm } from './decide-payout-form.tsx';
import { Link } from './link.tsx';
import { notesOf, PayoutBadge } from './payouts.tsx';
import { SimpleForm } from './simple-form.tsx';

/** The file that takes a batch to the bank: handed over, and then what the bank answered. */
export function PayoutFile({ batch, lang }: { batch: PayoutBatch; lang: string }) {
  const t = translator(lang);
  return (
    <>
      <div className="space-y-1">
        <a className="link" href={paths.adminPayoutFile(lang, batch.id)} rel="nofollow">
          {t('payoutDesk.file')}
        </a>
        <p className="max-w-prose text-sm text-ink-muted">{t('payoutDesk.fileHint')}</p>
      </div>
      {batch.state === 'created' && (
        <SimpleForm
          action={sendPayoutBatch.bind(null, lang, batch.id)}
          fields={[]}
          submit={t('payoutDesk.handOver')}
          pending={t('form.pending')}
          idempotencyKey={`${batch.id}-handover`}
        />
      )}
      {batch.state === 'sent' && (
        <SimpleForm
          action={settlePayoutBatch.bind(null, lang, batch.id)}
          fields={[
            {
              name: 'text',
              label: t('payoutDesk.results'),
              type: 'file',
              accept: '.csv,text/csv',
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
    </>
  );
}

/** One payout of a batch. Of one that went as a file, an operator says how it ended. */
export function PayoutLine({ payout, batch, lang }: { payout: Payout; batch: PayoutBatch; lang: string }) {
  const t = translator(lang);
  return (
    <li className="space-y-3 p-4">
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
      {batch.handover === 'file' && payout.state === 'sent' && (
        <BankResultForm
          action={settlePayoutBatch.bind(null, lang, batch.id)}
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
  );
}
