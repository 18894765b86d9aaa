import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import Link from 'next/link';
import {
  decideSimulatedChargeback,
  ruleChargeback,
  submitChargebackEvidence,
} from '../../../../../lib/actions/after-sale.ts';
import { api, orNotFound } from '../../../../../lib/api.ts';
import { formatDateTime, formatMoney } from '../../../../../lib/format.ts';
import { translator } from '../../../../../lib/messages.ts';
import { paths } from '../../../../../lib/paths.ts';
import { requireOperator } from '../../../../../lib/studio.ts';
import { EvidenceList } from '../../../../../ui/evidence-list.tsx';
import { StateBadge } from '../../../../../ui/order-list.tsx';
import { SimpleForm } from '../../../../../ui/simple-form.tsx';

/** Evidence of one seller on one page. */
const SHOWN_MAX = 100;
const BEARERS = ['seller', 'platform'] as const;

type Props = { readonly params: Promise<{ lang: string; chargebackId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: translator((await params).lang)('chargeback.list') };
}

/** One chargeback: what the provider took, what speaks for the sale, and who bears it. */
export default async function ChargebackPage({ params }: Props) {
  const { lang, chargebackId } = await params;
  await requireOperator('admin');
  const [client, t] = [await api(lang), translator(lang)];
  const chargeback = await orNotFound(client.payments.getChargeback({ chargebackId }));
  const { orderId, state, isSettled, evidence } = chargeback;
  const order = orderId === null ? undefined : await client.orders.getOrder({ orderId });
  const shownOf = async (orderId: string, groupId: string) =>
    (await client.orders.listChargebackEvidence({ orderId, groupId, limit: SHOWN_MAX })).items;
  const shown = await Promise.all(order?.groups.map(({ id }) => shownOf(order.id, id)) ?? []);
  const isToRule = state === 'lost' && !isSettled;
  const minor = (amountMinor: number) => formatMoney({ amountMinor, currency: chargeback.amount.currency }, lang);
  const shipped = order?.groups.find(({ trackingNumber }) => trackingNumber !== null);
  const facts = [
    [t('table.amount'), formatMoney(chargeback.amount, lang)],
    [t('chargeback.taken'), minor(chargeback.takenMinor)],
    [t('chargeback.fee'), minor(chargeback.feeMinor)],
    ...(chargeback.evidenceDueTime === null || state !== 'opened'
      ? []
      : [[t('chargeback.due'), formatDateTime(chargeback.evidenceDueTime, lang)]]),
  ];
  return (
    <>
      <header className="flex flex-wrap items-center justify-between gap-3">
        <div>
          <h1 className="text-3xl font-bold">{chargeback.reason.replaceAll('_', ' ')}</h1>
          <p className="text-ink-muted [overflow-wrap:anywhere]">
            {[chargeback.provider, chargeback.reference, formatDateTime(chargeback.createdTime, lang)].join(' · ')}
          </p>
          {order !== undefined && (
            <Link className="link" href={paths.adminOrder(lang, order.id)}>
              {t('order.title', { number: order.number })}
            </Link>
          )}
        </div>
        <StateBadge
          label={t(isToRule ? 'chargeback.toRule' : `chargeback.state.${state}`)}
          isFinal={state !== 'opened' && !isToRule}
        />
      </header>
      <dl className="grid gap-3 sm:grid-cols-2 xl:grid-cols-4">
        {facts.map(([label, value]) => (
          <div key={label} className="card p-5">
            <dt className="text-ink-muted">{label}</dt>
            <dd className="font-heading text-xl font-bold">{value}</dd>
          </div>
        ))}
      </dl>
      {chargeback.provider === 'simulated' && state === 'opened' && (
        <div className="flex flex-wrap gap-3">
          {(['won', 'lost'] as const).map((outcome) => (
            <SimpleForm
              key={outcome}
              action={decideSimulatedChargeback.bind(null, lang, chargeback.id, outcome)}
              fields={[]}
              submit={t(`chargeback.decide.${outcome}`)}
              pending={t('form.pending')}
              buttonClassName="button button-outline"
              idempotencyKey={randomUUID()}
            />
          ))}
        </div>
      )}
      <section className="card space-y-4 p-5" aria-labelledby="evidence">
        <h2 id="evidence" className="text-xl font-bold">
          {t('chargeback.evidence')}
        </h2>
        <h3 className="font-semibold">{t('chargeback.shown')}</h3>
        {shown.flat().length === 0 ? (
          <p className="text-ink-muted">{t('chargeback.noneShown')}</p>
        ) : (
          <EvidenceList lang={lang} items={shown.flat()} />
        )}
        {evidence !== null && (
          <>
            <p className="whitespace-pre-wrap [overflow-wrap:anywhere]">{evidence.text}</p>
            <p className="text-sm text-ink-muted">
              {t(`chargeback.sent.${evidence.sentBy}`, { time: formatDateTime(evidence.time, lang) })}
            </p>
          </>
        )}
        {evidence === null && state === 'opened' && (
          <div className="max-w-xl space-y-3">
            <p className="text-sm text-ink-muted">
              {t(chargeback.canSendEvidence ? 'chargeback.once' : 'chargeback.byHand')}
            </p>
            <SimpleForm
              action={submitChargebackEvidence.bind(null, lang, chargeback.id)}
              fields={[
                {
                  name: 'text',
                  label: t('chargeback.evidence'),
                  type: 'textarea',
                  rows: 8,
                  required: true,
                  maxLength: 20_000,
                  defaultValue: shown
                    .flat()
                    .map(({ text }) => text)
                    .join('\n\n'),
                },
                {
                  name: 'carrier',
                  label: t('order.carrier'),
                  maxLength: 80,
                  ...(shipped?.carrier == null ? {} : { defaultValue: shipped.carrier }),
                },
                {
                  name: 'trackingNumber',
                  label: t('order.trackingNumber'),
                  maxLength: 80,
                  ...(shipped?.trackingNumber == null ? {} : { defaultValue: shipped.trackingNumber }),
                },
              ]}
              submit={t(chargeback.canSendEvidence ? 'chargeback.submit' : 'chargeback.note')}
              pending={t('form.pending')}
              idempotencyKey={randomUUID()}
            />
          </div>
        )}
      </section>
      <section className="card space-y-4 p-5" aria-labelledby="ruling">
        <h2 id="ruling" className="text-xl font-bold">
          {t('chargeback.ruling')}
        </h2>
        {chargeback.ruling !== null && (
          <p>
            <span className="font-semibold">{t(`chargeback.bearer.${chargeback.ruling.bearer}`)}</span> ·{' '}
            {chargeback.ruling.reason}
          </p>
        )}
        {chargeback.parts.map((part) => (
          <p key={part.groupId ?? ''} className="flex flex-wrap justify-between gap-2">
            <span>
              {t(`chargeback.bearer.${part.bearer}`)}
              {part.feeMinor > 0 && ` · ${t('chargeback.fee')}: ${minor(part.feeMinor)}`}
            </span>
            <span className="font-semibold">{minor(part.amountMinor)}</span>
          </p>
        ))}
        {state !== 'won' && !isSettled && (
          <div className="max-w-md space-y-3">
            <p className="text-sm text-ink-muted">{t('chargeback.rulingHint')}</p>
            <SimpleForm
              action={ruleChargeback.bind(null, lang, chargeback.id)}
              fields={[
                {
                  name: 'bearer',
                  label: t('chargeback.ruling'),
                  required: true,
                  options: BEARERS.map((value) => ({ value, label: t(`chargeback.bearer.${value}`) })),
                },
                { name: 'reason', label: t('order.reason'), required: true, maxLength: 500 },
              ]}
              submit={t('chargeback.rule')}
              pending={t('form.pending')}
              idempotencyKey={randomUUID()}
            />
          </div>
        )}
      </section>
    </>
  );
}
