import { randomUUID } from 'node:crypto';
import { bankReason } from '@plaza/payments/contract';
import type { Metadata } from 'next';
import { decideSimulatedChargeback } from '../../../../../lib/actions/after-sale.ts';
import { api, orNotFound } from '../../../../../lib/api.ts';
import { formatDateTime, formatMoney, textIn } from '../../../../../lib/format.ts';
import { translator } from '../../../../../lib/messages.ts';
import { paths } from '../../../../../lib/paths.ts';
import { requireOperator } from '../../../../../lib/studio.ts';
import { ChargebackEvidence } from '../../../../../ui/chargeback-evidence.tsx';
import { ChargebackRuling } from '../../../../../ui/chargeback-ruling.tsx';
import { Link } from '../../../../../ui/link.tsx';
import { StateBadge } from '../../../../../ui/order-list.tsx';
import { SimpleForm } from '../../../../../ui/simple-form.tsx';

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
  const { orderId, state, isSettled } = chargeback;
  const order = orderId === null ? undefined : await client.orders.getOrder({ orderId });
  const isToRule = state === 'lost' && !isSettled;
  const minor = (amountMinor: number) => formatMoney({ amountMinor, currency: chargeback.amount.currency }, lang);
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
          <h1 className="text-3xl font-bold">{textIn(bankReason(chargeback.reason), lang)}</h1>
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
      <ChargebackEvidence lang={lang} chargeback={chargeback} order={order} />
      <ChargebackRuling lang={lang} chargeback={chargeback} />
    </>
  );
}
