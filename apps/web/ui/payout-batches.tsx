import { randomUUID } from 'node:crypto';
import { createPayoutBatch } from '../lib/actions/payout-desk.ts';
import { api } from '../lib/api.ts';
import { formatDateTime, formatMoney } from '../lib/format.ts';
import { getMarketplace } from '../lib/marketplace.ts';
import { translator } from '../lib/messages.ts';
import { paths } from '../lib/paths.ts';
import { Link } from './link.tsx';
import { NextPage } from './next-page.tsx';
import { StateBadge } from './order-list.tsx';
import { SimpleForm } from './simple-form.tsx';

/** Payouts that go to a bank together, and the button that makes a batch of what was approved. */
export async function PayoutBatches({ lang, cursor }: { lang: string; cursor: string | undefined }) {
  const [client, t, { currency }] = [await api(lang), translator(lang), await getMarketplace(lang)];
  const page = await client.payments.listPayoutBatches({ limit: 10, cursor });
  return (
    <section className="space-y-3" aria-labelledby="batches">
      <h2 id="batches" className="text-xl font-bold">
        {t('payoutDesk.batches')}
      </h2>
      <SimpleForm
        action={createPayoutBatch.bind(null, lang, currency)}
        fields={[]}
        submit={t('payoutDesk.makeBatch')}
        pending={t('form.pending')}
        idempotencyKey={randomUUID()}
        buttonClassName="button button-quiet"
      />
      {page.items.length === 0 ? (
        <p className="card p-5 text-ink-muted">{t('admin.nothing')}</p>
      ) : (
        <ul className="card divide-y divide-line">
          {page.items.map((batch) => (
            <li key={batch.id} className="flex flex-wrap items-center justify-between gap-2 p-4">
              <div className="min-w-48 grow">
                <Link className="link font-medium" href={paths.adminPayoutBatch(lang, batch.id)}>
                  {batch.provider} · {formatDateTime(batch.createdTime, lang)}
                </Link>
                <p className="text-sm text-ink-muted">{t('payoutDesk.count', { count: batch.payoutCount })}</p>
              </div>
              <StateBadge
                label={t(`payoutBatch.${batch.state}`)}
                isFinal={batch.state === 'settled' || batch.state === 'part_failed'}
              />
              <p className="ml-auto min-w-24 text-right font-heading font-bold">{formatMoney(batch.sum, lang)}</p>
            </li>
          ))}
        </ul>
      )}
      <NextPage path={paths.adminPayouts(lang)} cursor={page.nextCursor} label={t('browse.more')} name="batches" />
    </section>
  );
}
