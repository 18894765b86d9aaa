import type { OfferedPlan } from '@plaza/subscriptions/contract';
import type { ReactNode } from 'react';
import type { Translate } from '../lib/messages.ts';
import { Icon } from './icon.tsx';
import { Link } from './link.tsx';
import { type Interval, planBenefits, priceText } from './plan-texts.ts';

type Props = {
  readonly plan: OfferedPlan;
  readonly interval: Interval;
  readonly isCurrent: boolean;
  readonly isTrialOffered: boolean;
  /** Where it is chosen; undefined when it cannot be. */
  readonly href: string | undefined;
  readonly lang: string;
  readonly t: Translate;
};

/** A plan beside the others: what it costs, what it gives, and how to have it. */
export function PlanCard({ plan, interval, isCurrent, isTrialOffered, href, lang, t }: Props) {
  return (
    <li className={`card flex flex-col gap-4 p-5 ${isCurrent ? 'border-primary ring-1 ring-primary' : ''}`}>
      <div className="space-y-1">
        <h3 className="flex flex-wrap items-center gap-2 text-lg font-bold">
          {plan.name}
          {isCurrent && <span className="chip font-sans text-sm font-normal">{t('plan.yours')}</span>}
        </h3>
        <p className="font-heading text-2xl font-bold">{priceText(plan, interval, lang, t)}</p>
        {isTrialOffered && plan.trialDays > 0 && (
          <p className="text-sm text-success">{t('plan.trial', { days: plan.trialDays })}</p>
        )}
      </div>
      <p className="text-ink-muted">{plan.description}</p>
      <ul className="grow space-y-2 text-sm">
        {planBenefits(plan, lang, t).map((benefit) => (
          <li key={benefit} className="flex gap-2">
            <Icon name="check" size={18} className="mt-0.5 shrink-0 text-success" />
            {benefit}
          </li>
        ))}
      </ul>
      {href !== undefined && (
        <Link href={href} className="button button-primary">
          {t('plan.choose', { plan: plan.name })}
        </Link>
      )}
    </li>
  );
}

/** Amounts under one another, the last one counts. */
export function AmountRows({
  rows,
}: {
  rows: readonly {
    readonly key: string;
    readonly label: ReactNode;
    readonly amount: string;
    readonly isTotal?: boolean;
  }[];
}) {
  return (
    <dl className="space-y-1">
      {rows.map(({ key, label, amount, isTotal = false }) => (
        <div
          key={key}
          className={`flex justify-between gap-4 ${isTotal ? 'border-t border-line pt-2 font-heading text-lg font-bold' : ''}`}
        >
          <dt>{label}</dt>
          <dd className="shrink-0 tabular-nums">{amount}</dd>
        </div>
      ))}
    </dl>
  );
}
