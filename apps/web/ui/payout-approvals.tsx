import { randomUUID } from 'node:crypto';
import { acceptPayoutAccount, decidePayout } from '../lib/actions/payout-desk.ts';
import { api } from '../lib/api.ts';
import { formatDateTime, formatMoney } from '../lib/format.ts';
import { translator } from '../lib/messages.ts';
import { paths } from '../lib/paths.ts';
import { DecidePayoutForm } from './decide-payout-form.tsx';
import { Link } from './link.tsx';
import { SimpleForm } from './simple-form.tsx';

type Props = { readonly lang: string };

/** Payouts that wait for an operator, each with why. */
export async function PayoutsToApprove({ lang }: Props) {
  const [client, t] = [await api(lang), translator(lang)];
  const { items } = await client.payments.listAllPayouts({ limit: 50, state: 'awaiting_approval' });
  return (
    <section className="space-y-3" aria-labelledby="approve">
      <h2 id="approve" className="text-xl font-bold">
        {t('payoutDesk.toApprove')}
      </h2>
      {items.length === 0 && <p className="card p-5 text-ink-muted">{t('admin.nothing')}</p>}
      <ul className="space-y-3">
        {items.map((payout) => (
          <li key={payout.id} className="card space-y-3 p-4">
            <p className="flex flex-wrap justify-between gap-2">
              <Link className="link font-semibold" href={paths.adminPayout(lang, payout.id)}>
                {formatMoney(payout.amount, lang)} → {payout.destination.bankName} •••• {payout.destination.last4}
              </Link>
              <span className="text-sm text-ink-muted">{formatDateTime(payout.createdTime, lang)}</span>
            </p>
            <p>
              {[
                payout.destination.holderName,
                ...payout.approvalReasons.map((reason) => t(`payoutReason.${reason}`)),
              ].join(' · ')}
            </p>
            <DecidePayoutForm
              action={decidePayout.bind(null, lang, payout.id)}
              idempotencyKey={randomUUID()}
              labels={{
                approve: t('payoutDesk.approve'),
                reject: t('payoutDesk.reject'),
                reason: t('payoutDesk.reason'),
              }}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Accounts that money may not go to before an operator accepts them; nothing where there is none. */
export async function PayoutAccountsToAccept({ lang }: Props) {
  const [client, t] = [await api(lang), translator(lang)];
  const { items } = await client.payments.listPayoutAccountsToAccept({});
  if (items.length === 0) return null;
  return (
    <section className="space-y-3" aria-labelledby="accounts">
      <h2 id="accounts" className="text-xl font-bold">
        {t('payoutDesk.toAccept')}
      </h2>
      <p className="max-w-prose text-ink-muted">{t('payoutDesk.acceptHint')}</p>
      <ul className="card divide-y divide-line">
        {items.map((account) => (
          <li key={account.id} className="flex flex-wrap items-center justify-between gap-3 p-4">
            <div>
              <p className="font-medium">
                {account.bankName} •••• {account.last4}
              </p>
              <p className="text-sm text-ink-muted">{account.holderName}</p>
            </div>
            <SimpleForm
              action={acceptPayoutAccount.bind(null, lang, account.id)}
              fields={[]}
              submit={t('payoutDesk.accept')}
              pending={t('form.pending')}
              idempotencyKey={`${account.id}-accept`}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
