import { randomUUID } from 'node:crypto';
import type { OfferedPlan, PlanChange } from '@plaza/subscriptions/contract';
import { choosePlan } from '../lib/actions/plans.ts';
import { formatDate, formatMoney } from '../lib/format.ts';
import type { Translate } from '../lib/messages.ts';
import { paths } from '../lib/paths.ts';
import { PlainActionForm } from './cart-forms.tsx';
import { Link } from './link.tsx';
import { AmountRows } from './plan-card.tsx';
import { type Interval, lineText, priceText } from './plan-texts.ts';

type Props = {
  readonly plan: OfferedPlan;
  readonly interval: Interval;
  readonly change: PlanChange;
  readonly storeId: string;
  readonly subscriptionId: string | null;
  /** The card that pays; undefined: none is saved yet. */
  readonly card: string | undefined;
  readonly lang: string;
  readonly t: Translate;
};

/** What a change would cost and when, to the cent, before it is confirmed. */
export function PlanChangeCard({ plan, interval, change, storeId, subscriptionId, card, lang, t }: Props) {
  const { total, tax, lines, when, effectiveTime, trialEndTime } = change;
  const price = priceText(plan, interval, lang, t);
  const here = paths.studioPlan(lang, { plan: plan.id, interval });
  const isFree = total.amountMinor === 0;
  return (
    <section className="card max-w-2xl space-y-4 border-primary p-5" aria-labelledby="change">
      <h2 id="change" className="text-xl font-bold">
        {t(subscriptionId === null ? 'plan.choose' : 'plan.changeTo', { plan: plan.name })}
      </h2>
      <p>{when === 'now' ? t('plan.now') : t('plan.later', { date: formatDate(effectiveTime, lang) })}</p>
      {trialEndTime !== null && <p>{t('plan.trialUntil', { date: formatDate(trialEndTime, lang) })}</p>}
      <AmountRows
        rows={[
          ...lines.map((line) => ({
            key: `${line.kind} ${line.title}`,
            label: lineText(line, t),
            amount: formatMoney(line.amount, lang),
          })),
          ...(tax.amountMinor === 0
            ? []
            : [
                {
                  key: 'tax',
                  label: t(change.isTaxIncluded ? 'plan.taxIncluded' : 'plan.tax', { name: t('plan.tax') }),
                  amount: formatMoney(tax, lang),
                },
              ]),
          { key: 'due', label: t('plan.due'), amount: formatMoney(total, lang), isTotal: true },
        ]}
      />
      <p className="text-sm text-ink-muted">{t('plan.then', { price })}</p>
      {card === undefined ? (
        <p className="space-x-3 rounded-small bg-warning p-3 font-medium text-on-warning">
          <span>{t('plan.cardNeeded')}</span>
          <Link href={`${paths.savedCards(lang)}?next=${encodeURIComponent(here)}`} className="underline">
            {t('cards.add')}
          </Link>
        </p>
      ) : (
        <>
          <p className="text-sm text-ink-muted">
            {t('plan.paidWith', { card })} ·{' '}
            <Link href={`${paths.savedCards(lang)}?next=${encodeURIComponent(here)}`} className="link">
              {t('plan.otherCard')}
            </Link>
          </p>
          <PlainActionForm
            action={choosePlan.bind(null, lang, {
              storeId,
              subscriptionId,
              planId: plan.id,
              interval,
              totalMinor: total.amountMinor,
            })}
            idempotencyKey={randomUUID()}
            label={isFree ? t('plan.confirmFree') : t('plan.confirm', { amount: formatMoney(total, lang) })}
            className="button button-primary"
          />
        </>
      )}
      <Link href={paths.studioPlan(lang)} className="link inline-block">
        {t('plan.back')}
      </Link>
    </section>
  );
}
