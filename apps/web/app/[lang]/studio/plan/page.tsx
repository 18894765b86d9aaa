import type { Metadata } from 'next';
import { askForPayment } from '../../../../lib/actions/checkout.ts';
import { api, orUndefined } from '../../../../lib/api.ts';
import { translator } from '../../../../lib/messages.ts';
import { paths } from '../../../../lib/paths.ts';
import { requireStore } from '../../../../lib/studio.ts';
import { Chips } from '../../../../ui/chips.tsx';
import { Once } from '../../../../ui/once.tsx';
import { PlanCard } from '../../../../ui/plan-card.tsx';
import { PlanChangeCard } from '../../../../ui/plan-change.tsx';
import { PlanInvoices } from '../../../../ui/plan-invoices.tsx';
import { OpenInvoice, PlanState, Usage } from '../../../../ui/plan-state.tsx';

type Query = {
  readonly plan?: string;
  readonly interval?: string;
  readonly cursor?: string;
  /** What Stripe adds to the address that the member comes back to. */
  readonly payment_intent?: string;
};
type Props = { readonly params: Promise<{ lang: string }>; readonly searchParams: Promise<Query> };

const INTERVALS = ['month', 'year'] as const;

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  return { title: translator((await params).lang)('plan.title') };
}

/** The store's plan: the plans side by side, the one it has, a change with what it costs, usage and invoices. */
export default async function PlanPage({ params, searchParams }: Props) {
  const [{ lang }, query] = [await params, await searchParams];
  const path = paths.studioPlan(lang);
  const store = await requireStore(lang, path);
  const [client, t] = [await api(lang), translator(lang)];
  const ownerId = store.id;
  const page = { ownerId, limit: 10, cursor: query.cursor };
  const none = 'PLAN_OWNER_NOT_FOUND';
  const [plans, owned, invoices, cards] = await Promise.all([
    client.subscriptions.listPlans({}),
    orUndefined(client.subscriptions.getOwnedPlan({ ownerId }), none),
    orUndefined(client.subscriptions.listSubscriptionInvoices(page), none),
    client.payments.listSavedMethods({}),
  ]);
  if (plans.items.length === 0 || owned === undefined) {
    return (
      <>
        <h1 className="text-3xl font-bold">{t('plan.title')}</h1>
        <p className="card p-5 text-ink-muted">{t('plan.none')}</p>
      </>
    );
  }
  const { subscription, openInvoice, usage, isTrialOffered } = owned;
  const interval = INTERVALS.find((each) => each === query.interval) ?? subscription?.interval ?? 'month';
  const chosen = plans.items.find(({ id }) => id === query.plan);
  const change =
    chosen === undefined
      ? undefined
      : await orUndefined(
          client.subscriptions.previewPlan({ ownerId, planId: chosen.id, interval }),
          'SUBSCRIPTION_UNCHANGED',
          'SUBSCRIPTION_INVOICE_OPEN',
          'PLAN_NOT_FOUND',
        );
  const card = cards.items.find(({ isDefault }) => isDefault);
  const isChosen = (planId: string) =>
    subscription === null
      ? planId === owned.plan?.id
      : planId === subscription.planId && interval === subscription.interval;
  return (
    <>
      <h1 className="text-3xl font-bold">{t('plan.title')}</h1>
      <p className="max-w-prose text-ink-muted">{t('plan.hint')}</p>
      {openInvoice !== null && <OpenInvoice invoice={openInvoice} lang={lang} t={t} />}
      {openInvoice !== null && openInvoice.paymentId !== null && query.payment_intent !== undefined && (
        <Once action={askForPayment.bind(null, lang, openInvoice.paymentId)} />
      )}
      {subscription !== null && <PlanState subscription={subscription} lang={lang} t={t} />}
      {change !== undefined && chosen !== undefined && (
        <PlanChangeCard
          plan={chosen}
          interval={interval}
          change={change}
          storeId={store.id}
          subscriptionId={subscription?.id ?? null}
          card={card === undefined ? undefined : `${card.brand} •••• ${card.last4}`}
          lang={lang}
          t={t}
        />
      )}
      <Chips
        label={t('admin.period')}
        chips={INTERVALS.map((each) => ({
          href: `${path}?interval=${each}`,
          label: t(`plan.interval.${each}`),
          isChosen: each === interval,
        }))}
      />
      <ul className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
        {plans.items.map((plan) => {
          const canBeChosen = plan.price !== null && subscription?.state !== 'past_due' && !isChosen(plan.id);
          return (
            <PlanCard
              key={plan.id}
              plan={plan}
              interval={interval}
              isCurrent={isChosen(plan.id)}
              isTrialOffered={isTrialOffered}
              href={canBeChosen ? paths.studioPlan(lang, { plan: plan.id, interval }) : undefined}
              lang={lang}
              t={t}
            />
          );
        })}
      </ul>
      {usage.length > 0 && <Usage usage={usage} lang={lang} t={t} />}
      {invoices !== undefined && <PlanInvoices page={invoices} lang={lang} t={t} />}
    </>
  );
}
