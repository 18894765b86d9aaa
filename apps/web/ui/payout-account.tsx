import { randomUUID } from 'node:crypto';
import type { Currency } from '@plaza/kernel';
import { type PayoutAccount, THAI_BANKS } from '@plaza/payments/contract';
import { setPayoutAccount, verifyPayoutAccount } from '../lib/actions/payouts.ts';
import { api, orUndefined } from '../lib/api.ts';
import { formatDateTime, formatMoney } from '../lib/format.ts';
import { codeText, type MessageKey, translator } from '../lib/messages.ts';
import { paths } from '../lib/paths.ts';
import { Link } from './link.tsx';
import { StateBadge } from './order-list.tsx';
import { type FieldSpec, SimpleForm } from './simple-form.tsx';

/** Where an owner's money of one currency goes: what is known of it, how it is verified, and the form for another. */
export async function PayoutAccountSection({
  lang,
  owner,
  kind: asked,
  path,
}: {
  lang: string;
  owner: { ownerKind: 'store' | 'member'; ownerId: string; currency: Currency };
  /** The kind of account that was chosen, by address. */
  kind: string | undefined;
  path: string;
}) {
  const [client, t] = [await api(lang), translator(lang)];
  const { items, kinds: all } = await client.payments.listPayoutAccounts(owner);
  const account = items.find(({ currency }) => currency === owner.currency);
  const kinds = all.find(({ currency }) => currency === owner.currency)?.kinds ?? [];
  const kind = kinds.find((each) => each === asked) ?? kinds[0];
  return (
    <section className="card max-w-2xl space-y-4 p-5" aria-labelledby="payout-account">
      <h2 id="payout-account" className="text-xl font-bold">
        {t('payoutAccount.title')}
      </h2>
      {account === undefined ? (
        <p className="text-ink-muted">{t('payoutAccount.none')}</p>
      ) : (
        <Current lang={lang} account={account} />
      )}
      {kind !== undefined && (
        <details open={account === undefined || account.state === 'failed' || asked !== undefined}>
          <summary className="link w-fit cursor-pointer">
            {t(account === undefined ? 'payoutAccount.enter' : 'payoutAccount.change')}
          </summary>
          <div className="space-y-4 pt-4">
            {kinds.length > 1 && (
              <nav className="flex flex-wrap gap-2" aria-label={t('payoutAccount.title')}>
                {kinds.map((each) => (
                  <Link
                    key={each}
                    href={`${path}?kind=${each}`}
                    className={`button ${each === kind ? 'button-primary' : 'button-quiet'}`}
                    aria-current={each === kind ? 'true' : undefined}
                  >
                    {t(`accountKind.${each}`)}
                  </Link>
                ))}
              </nav>
            )}
            <p className="text-sm text-ink-muted">
              {t('payoutAccount.confirmHint')}{' '}
              <Link className="link" href={paths.confirm(lang, path)}>
                {t('payoutAccount.confirm')}
              </Link>
            </p>
            <SimpleForm
              key={kind}
              action={setPayoutAccount.bind(null, lang, owner, kind)}
              fields={[
                {
                  name: 'holderName',
                  label: t('payoutAccount.holder'),
                  required: true,
                  maxLength: 140,
                  autoComplete: 'name',
                },
                ...fieldsOf(kind, t),
              ]}
              submit={t('account.save')}
              pending={t('form.pending')}
              idempotencyKey={randomUUID()}
            />
          </div>
        </details>
      )}
    </section>
  );
}

async function Current({ lang, account }: { lang: string; account: PayoutAccount }) {
  const t = translator(lang);
  const isWaiting = account.state === 'verified' && new Date(account.usableTime) > new Date();
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <div>
          <p className="font-medium">
            {account.bankName} •••• {account.last4}
          </p>
          <p className="text-sm text-ink-muted">
            {[account.holderName, account.failureReason && codeText(t, 'payoutReason', account.failureReason)]
              .filter(Boolean)
              .join(' · ')}
          </p>
        </div>
        <StateBadge label={t(`payoutAccount.${account.state}`)} isFinal={account.state === 'verified'} />
      </div>
      {isWaiting && <p>{t('payoutAccount.wait', { time: formatDateTime(account.usableTime, lang) })}</p>}
      {account.state === 'unverified' && <Verification lang={lang} account={account} />}
    </>
  );
}

async function Verification({ lang, account }: { lang: string; account: PayoutAccount }) {
  const [client, t] = [await api(lang), translator(lang)];
  const { id, currency, verification } = account;
  if (verification === 'operator') return <p>{t('payoutAccount.operator')}</p>;
  const asksAmounts = verification === 'deposits';
  // A real bank's statement is its owner's to read, and not here.
  const deposits = asksAmounts
    ? await orUndefined(client.payments.getSimulatedDeposits({ payoutAccountId: id }), 'PAYOUT_ACCOUNT_NOT_FOUND')
    : undefined;
  const [first = 0, second = 0] = deposits?.amountsMinor ?? [];
  const shown = (amountMinor: number) => formatMoney({ amountMinor, currency }, lang);
  const amountField = (name: 'first' | 'second'): FieldSpec => ({
    name,
    label: t(`payoutAccount.${name}`, { currency }),
    required: true,
    inputMode: 'decimal',
    autoComplete: 'off',
  });
  return (
    <div className="space-y-3">
      <p>{t(`payoutAccount.${verification}`, { tries: account.triesLeft })}</p>
      {deposits !== undefined && (
        <p className="rounded-small border border-line bg-muted p-3 text-sm">
          {t('payoutAccount.simulated', { first: shown(first), second: shown(second) })}
        </p>
      )}
      <SimpleForm
        action={verifyPayoutAccount.bind(null, lang, { id, currency, asksAmounts })}
        fields={asksAmounts ? [amountField('first'), amountField('second')] : []}
        submit={t(asksAmounts ? 'payoutAccount.verify' : 'payoutAccount.ask')}
        pending={t('form.pending')}
        idempotencyKey={randomUUID()}
        className={asksAmounts ? 'grid items-end gap-3 sm:grid-cols-[1fr_1fr_auto]' : 'space-y-3'}
      />
    </div>
  );
}

type Kind = PayoutAccount['kind'];
type Names = readonly (readonly [name: string, label: MessageKey, more?: Partial<FieldSpec>])[];

/** What is asked of each kind of account, by the API's names. */
const FIELDS: Readonly<Record<Kind, Names>> = {
  thai_bank: [
    ['bankCode', 'payoutAccount.bank'],
    ['accountNumber', 'payoutAccount.number', { inputMode: 'numeric' }],
  ],
  promptpay: [['promptPayId', 'payoutAccount.promptPayId', { inputMode: 'numeric' }]],
  clabe: [['clabe', 'accountKind.clabe', { inputMode: 'numeric' }]],
  iban: [['iban', 'accountKind.iban']],
  us_bank: [
    ['routingNumber', 'payoutAccount.routing', { inputMode: 'numeric' }],
    ['accountNumber', 'payoutAccount.number', { inputMode: 'numeric' }],
  ],
  stripe_connect: [['accountId', 'payoutAccount.stripeId']],
};

function fieldsOf(kind: Kind, t: ReturnType<typeof translator>): FieldSpec[] {
  return FIELDS[kind].map(([name, label, more], at) => ({
    name: `account.${name}`,
    label: t(label),
    required: true,
    maxLength: 60,
    autoComplete: 'off',
    ...(name === 'bankCode'
      ? { options: Object.entries(THAI_BANKS).map(([value, bank]) => ({ value, label: bank })) }
      : {}),
    ...(kind === 'promptpay' ? { hint: t('payoutAccount.promptPayHint') } : {}),
    ...(at === FIELDS[kind].length - 1 && kind !== 'promptpay' ? { hint: t('payoutAccount.sealed') } : {}),
    ...more,
  }));
}
