import { randomUUID } from 'node:crypto';
import type { OwnedPlan, PlanUsage, Subscription } from '@plaza/subscriptions/contract';
import type { z } from 'zod';
import { choosePlan, movePlan, payPlanInvoice } from '../lib/actions/plans.ts';
import { formatDate, formatMoney } from '../lib/format.ts';
import type { Translate } from '../lib/messages.ts';
import { paths } from '../lib/paths.ts';
import { PlainActionForm } from './cart-forms.tsx';
import { StateBadge } from './order-list.tsx';

type Props = { readonly subscription: Subscription; readonly lang: string; readonly t: Translate };

/** How the subscription stands, in a sentence or two, and what can be done with it. */
export function PlanState({ subscription, lang, t }: Props) {
  const { state, next, periodEndTime, trialEndTime, graceEndTime, isLapsed } = subscription;
  const date = formatDate(periodEndTime, lang);
  const isInTrial = trialEndTime === periodEndTime;
  const sentences = [
    ...(state === 'trialing' ? [t('plan.trialUntil', { date })] : []),
    ...(state === 'active' && next === null ? [t('plan.renews', { date })] : []),
    ...(state === 'canceled' ? [t('plan.ends', { date })] : []),
    ...(next !== null && !isInTrial ? [t('plan.changesTo', { plan: next.planName, date })] : []),
    ...(state === 'past_due' && isLapsed ? [t('plan.lapsed')] : []),
    ...(state === 'past_due' && !isLapsed && graceEndTime !== null
      ? [t('plan.graceUntil', { date: formatDate(graceEndTime, lang) })]
      : []),
  ];
  const move = (to: 'canceled' | 'resumed') => movePlan.bind(null, lang, { subscriptionId: subscription.id, to });
  return (
    <section className="card space-y-3 p-5" aria-labelledby="current">
      <h2 id="current" className="flex flex-wrap items-center gap-3 text-xl font-bold">
        {subscription.planName}
        <StateBadge label={t(`plan.state.${state}`)} isFinal={state === 'ended'} />
      </h2>
      {sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {state === 'active' && next !== null && (
        <PlainActionForm
          action={choosePlan.bind(null, lang, {
            storeId: subscription.ownerId,
            subscriptionId: subscription.id,
            planId: subscription.planId,
            interval: subscription.interval,
            totalMinor: 0,
          })}
          idempotencyKey={randomUUID()}
          label={t('plan.keep', { plan: subscription.planName })}
        />
      )}
      {state === 'canceled' ? (
        <PlainActionForm
          action={move('resumed')}
          idempotencyKey={randomUUID()}
          label={t('plan.resume')}
          className="button button-primary"
        />
      ) : (
        <details>
          <summary className="link w-fit text-sm">{t('plan.cancel')}</summary>
          <div className="space-y-2 pt-3">
            <p className="text-sm text-ink-muted">{t('plan.cancelHint')}</p>
            <PlainActionForm action={move('canceled')} idempotencyKey={randomUUID()} label={t('plan.cancel')} />
          </div>
        </details>
      )}
    </section>
  );
}

/** An invoice that waits: for the member at their bank, or for another card. */
export function OpenInvoice({
  invoice,
  lang,
  t,
}: {
  invoice: NonNullable<z.output<typeof OwnedPlan>['openInvoice']>;
  lang: string;
  t: Translate;
}) {
  const amount = formatMoney(invoice.total, lang);
  return (
    <section className="card space-y-3 border-danger p-5" role="alert">
      <p className="font-medium">{t(invoice.actionUrl === null ? 'plan.pastDue' : 'plan.bankAsks', { amount })}</p>
      <div className="flex flex-wrap items-center gap-4">
        {invoice.actionUrl !== null && (
          <a href={invoice.actionUrl} className="button button-primary">
            {t('plan.toBank')}
          </a>
        )}
        {invoice.actionUrl === null && (
          <PlainActionForm
            action={payPlanInvoice.bind(null, lang, invoice.id)}
            idempotencyKey={randomUUID()}
            label={t('plan.payNow', { amount })}
            className="button button-primary"
          />
        )}
        <a href={`${paths.savedCards(lang)}?next=${encodeURIComponent(paths.studioPlan(lang))}`} className="link">
          {t('plan.otherCard')}
        </a>
      </div>
    </section>
  );
}

/** What was used of the metered prices. */
export function Usage({
  usage,
  lang,
  t,
}: {
  usage: readonly z.output<typeof PlanUsage>[];
  lang: string;
  t: Translate;
}) {
  const number = new Intl.NumberFormat(lang);
  return (
    <section className="card max-w-xl space-y-3 p-5" aria-labelledby="usage">
      <h2 id="usage" className="text-xl font-bold">
        {t('plan.usage')}
      </h2>
      {usage.map(({ meter, name, quantity, included, soFar }) => (
        <div key={meter}>
          <p className="font-medium">{name}</p>
          <p className="flex flex-wrap justify-between gap-3 text-ink-muted">
            <span>{t('plan.used', { quantity: number.format(quantity), included: number.format(included) })}</span>
            <span>{t('plan.soFar', { amount: formatMoney(soFar, lang) })}</span>
          </p>
        </div>
      ))}
    </section>
  );
}
