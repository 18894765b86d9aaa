import { randomUUID } from 'node:crypto';
import type { Wallet } from '@plaza/payments/contract';
import { withdraw } from '../lib/actions/wallet.ts';
import { api } from '../lib/api.ts';
import { formatMoney } from '../lib/format.ts';
import { translator } from '../lib/messages.ts';
import { paths } from '../lib/paths.ts';
import { typedMoney } from '../lib/typed-money.ts';
import { Link } from './link.tsx';
import { PayoutAccountSection } from './payout-account.tsx';
import { PayoutHistory } from './payouts.tsx';
import { SimpleForm } from './simple-form.tsx';

/** Withdrawals of the last kind shown; older ones are in the statement. */
const SHOWN = 10;

/** Money out of a wallet: how much, to which account, and what was sent before. */
export async function Withdrawals({
  lang,
  memberId,
  wallet,
  kind,
}: {
  lang: string;
  memberId: string;
  wallet: Wallet;
  /** The kind of account that was chosen, by address. */
  kind: string | undefined;
}) {
  const [client, t] = [await api(lang), translator(lang)];
  const { currency, limits, availableMinor } = wallet;
  const owner = { ownerKind: 'member', ownerId: memberId, currency } as const;
  const path = paths.wallet(lang);
  const { leftMinor, limitMinor } = limits.withdrawPerDay;
  if (limitMinor === 0) {
    return (
      <section className="card max-w-xl space-y-2 p-5" aria-labelledby="withdraw">
        <h2 id="withdraw" className="text-xl font-bold">
          {t('wallet.withdraw')}
        </h2>
        <p className="text-ink-muted">{t('wallet.withdrawLater')}</p>
      </section>
    );
  }
  const [plan, page] = await Promise.all([
    client.payments.getPayoutPlan(owner),
    client.payments.listWithdrawals({ limit: SHOWN }),
  ]);
  const amountMinor = Math.min(availableMinor, leftMinor);
  return (
    <>
      <section className="card max-w-xl space-y-4 p-5" aria-labelledby="withdraw">
        <h2 id="withdraw" className="text-xl font-bold">
          {t('wallet.withdraw')}
        </h2>
        <p className="text-sm text-ink-muted">
          {t('balance.minimum', { amount: formatMoney({ amountMinor: plan.minimumMinor, currency }, lang) })}
        </p>
        {plan.hindrance === null ? (
          <>
            <p className="text-sm text-ink-muted">
              {t('payoutAccount.confirmHint')}{' '}
              <Link className="link" href={paths.confirm(lang, path)}>
                {t('payoutAccount.confirm')}
              </Link>
            </p>
            <SimpleForm
              action={withdraw.bind(null, lang, currency)}
              fields={[
                {
                  name: 'amount.amount',
                  label: t('edit.amount', { currency }),
                  required: true,
                  inputMode: 'decimal',
                  defaultValue: amountMinor > 0 ? typedMoney({ amountMinor, currency }) : '',
                },
              ]}
              submit={t('wallet.withdraw')}
              pending={t('form.pending')}
              idempotencyKey={randomUUID()}
            />
          </>
        ) : (
          <p>{t('error.PAYOUT_ACCOUNT_NOT_READY')}</p>
        )}
      </section>
      <PayoutAccountSection lang={lang} owner={owner} kind={kind} path={path} />
      <PayoutHistory lang={lang} page={{ ...page, nextCursor: null }} path={path} />
    </>
  );
}
