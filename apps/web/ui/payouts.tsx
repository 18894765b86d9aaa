import { randomUUID } from 'node:crypto';
import type { Currency } from '@plaza/kernel';
import type { Payout } from '@plaza/payments/contract';
import { cancelPayout, requestPayout, setPayoutSchedule } from '../lib/actions/payouts.ts';
import { api } from '../lib/api.ts';
import { formatDate, formatDateTime, formatMoney } from '../lib/format.ts';
import { codeText, translator } from '../lib/messages.ts';
import { typedMoney } from '../lib/typed-money.ts';
import { NextPage } from './next-page.tsx';
import { StateBadge } from './order-list.tsx';
import { SimpleForm } from './simple-form.tsx';

const ENDED = ['paid', 'failed', 'canceled'];
/** A Monday, to name the days of the week by. */
const MONDAY = Date.UTC(2026, 0, 5);

/** When money goes by itself, and the form to ask for it now. */
export async function PayoutPlanSection({
  lang,
  store,
  holdDays,
}: {
  lang: string;
  store: { id: string; currency: Currency };
  holdDays: number;
}) {
  const [client, t] = [await api(lang), translator(lang)];
  const { currency } = store;
  const owner = { ownerKind: 'store', ownerId: store.id, currency } as const;
  const plan = await client.payments.getPayoutPlan(owner);
  const of = (amountMinor: number) => formatMoney({ amountMinor, currency }, lang);
  const weekdays = Array.from({ length: 7 }, (_, at) => ({
    value: String(at + 1),
    label: new Intl.DateTimeFormat(lang, { weekday: 'long', timeZone: 'UTC' }).format(MONDAY + at * 86_400_000),
  }));
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4 lg:grid-cols-2">
      <section className="card space-y-4 p-5" aria-labelledby="payout">
        <h2 id="payout" className="text-xl font-bold">
          {t('balance.request')}
        </h2>
        <p>{t('payoutPlan.payable', { amount: of(plan.payableMinor) })}</p>
        {plan.tooNewMinor > 0 && (
          <p className="text-sm text-ink-muted">
            {t('payoutPlan.tooNew', { amount: of(plan.tooNewMinor), days: holdDays })}
          </p>
        )}
        <p className="text-sm text-ink-muted">{t('balance.minimum', { amount: of(plan.minimumMinor) })}</p>
        {plan.hindrance === null ? (
          <SimpleForm
            action={requestPayout.bind(null, lang, store)}
            fields={[
              {
                name: 'amount.amount',
                label: t('edit.amount', { currency }),
                required: true,
                inputMode: 'decimal',
                defaultValue: plan.payableMinor > 0 ? typedMoney({ amountMinor: plan.payableMinor, currency }) : '',
              },
            ]}
            submit={t('balance.request')}
            pending={t('form.pending')}
            idempotencyKey={randomUUID()}
          />
        ) : (
          <p>{t('error.PAYOUT_ACCOUNT_NOT_READY')}</p>
        )}
      </section>
      <section className="card space-y-4 p-5" aria-labelledby="schedule">
        <h2 id="schedule" className="text-xl font-bold">
          {t('payoutPlan.title')}
        </h2>
        {plan.nextTime !== null && (
          <p>
            {t(plan.estimateMinor > 0 ? 'payoutPlan.next' : 'payoutPlan.nextNone', {
              time: formatDateTime(plan.nextTime, lang),
              amount: of(plan.estimateMinor),
            })}
          </p>
        )}
        <SimpleForm
          action={setPayoutSchedule.bind(null, lang, owner)}
          fields={[
            {
              name: 'cadence',
              label: t('payoutPlan.cadence'),
              defaultValue: plan.cadence,
              options: plan.cadences.map((cadence) => ({ value: cadence, label: t(`payoutPlan.${cadence}`) })),
            },
            ...(plan.cadences.includes('weekly')
              ? [
                  {
                    name: 'weekday',
                    label: t('payoutPlan.weekday'),
                    hint: t('payoutPlan.weekdayHint'),
                    defaultValue: String(plan.weekday ?? 1),
                    options: weekdays,
                  },
                ]
              : []),
            {
              name: 'thresholdMinor',
              label: t('payoutPlan.threshold', { currency }),
              inputMode: 'decimal',
              defaultValue: plan.thresholdMinor > 0 ? typedMoney({ amountMinor: plan.thresholdMinor, currency }) : '',
            },
          ]}
          submit={t('payoutPlan.save')}
          pending={t('form.pending')}
          idempotencyKey={randomUUID()}
        />
      </section>
    </div>
  );
}

/** A store's payouts and how they stand; what has not left can be taken back. */
export function PayoutHistory({
  lang,
  page,
  path,
}: {
  lang: string;
  page: { readonly items: readonly Payout[]; readonly nextCursor: string | null };
  path: string;
}) {
  const t = translator(lang);
  return (
    <section className="space-y-3" aria-labelledby="payouts">
      <h2 id="payouts" className="text-xl font-bold">
        {t('balance.payouts')}
      </h2>
      {page.items.length === 0 ? (
        <p className="card p-5 text-ink-muted">{t('balance.noPayouts')}</p>
      ) : (
        <ul className="card divide-y divide-line">
          {page.items.map((payout) => (
            <li key={payout.id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 p-4">
              <div className="min-w-48 grow">
                <p className="font-medium">
                  {payout.destination.bankName} •••• {payout.destination.last4}
                </p>
                <p className="text-sm text-ink-muted">{notesOf(payout, lang).join(' · ')}</p>
              </div>
              <PayoutBadge payout={payout} lang={lang} />
              <p className="ml-auto min-w-24 text-right font-heading font-bold">{formatMoney(payout.amount, lang)}</p>
              {['awaiting_approval', 'requested'].includes(payout.state) && (
                <SimpleForm
                  action={cancelPayout.bind(null, lang, payout.id)}
                  fields={[]}
                  submit={t('payout.cancel')}
                  pending={t('form.pending')}
                  idempotencyKey={`${payout.id}-cancel`}
                  className=""
                  buttonClassName="button button-quiet"
                />
              )}
            </li>
          ))}
        </ul>
      )}
      <NextPage path={path} cursor={page.nextCursor} label={t('browse.more')} name="payouts" />
    </section>
  );
}

/** How a payout stands. */
export function PayoutBadge({ payout, lang }: { payout: Payout; lang: string }) {
  return <StateBadge label={translator(lang)(`payout.${payout.state}`)} isFinal={ENDED.includes(payout.state)} />;
}

/** When it was, which try, what went wrong, what happens next. */
export function notesOf(payout: Payout, lang: string): string[] {
  const t = translator(lang);
  return [
    formatDate(payout.createdTime, lang),
    payout.attempt > 1 ? t('payout.attempt', { number: payout.attempt }) : '',
    payout.failureReason === null ? '' : codeText(t, 'payoutReason', payout.failureReason),
    payout.nextRetryTime === null ? '' : t('payout.retryAt', { time: formatDateTime(payout.nextRetryTime, lang) }),
  ].filter((note) => note !== '');
}
