import { randomUUID } from 'node:crypto';
import type { Order } from '@plaza/orders/contract';
import type { Chargeback } from '@plaza/payments/contract';
import { submitChargebackEvidence } from '../lib/actions/after-sale.ts';
import { api } from '../lib/api.ts';
import { formatDateTime } from '../lib/format.ts';
import { translator } from '../lib/messages.ts';
import { EvidenceList } from './evidence-list.tsx';
import { SimpleForm } from './simple-form.tsx';

/** Evidence of one seller on one page. */
const SHOWN_MAX = 100;

type Props = { readonly lang: string; readonly chargeback: Chargeback; readonly order: Order | undefined };

/** What sellers showed for the sale, and what of it was sent to the bank, or may be. */
export async function ChargebackEvidence({ lang, chargeback, order }: Props) {
  const [client, t] = [await api(lang), translator(lang)];
  const { state, evidence } = chargeback;
  const shownOf = async (orderId: string, groupId: string) =>
    (await client.orders.listChargebackEvidence({ orderId, groupId, limit: SHOWN_MAX })).items;
  const shown = (await Promise.all(order?.groups.map(({ id }) => shownOf(order.id, id)) ?? [])).flat();
  return (
    <section className="card space-y-4 p-5" aria-labelledby="evidence">
      <h2 id="evidence" className="text-xl font-bold">
        {t('chargeback.evidence')}
      </h2>
      <h3 className="font-semibold">{t('chargeback.shown')}</h3>
      {shown.length === 0 ? (
        <p className="text-ink-muted">{t('chargeback.noneShown')}</p>
      ) : (
        <EvidenceList lang={lang} items={shown} />
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
        <EvidenceToBank
          lang={lang}
          chargeback={chargeback}
          text={shown.map(({ text }) => text).join('\n\n')}
          parcel={order?.groups.find(({ trackingNumber }) => trackingNumber !== null)}
        />
      )}
    </section>
  );
}

/** Writes to the bank, once; suggests what sellers wrote and the parcel that was tracked. */
function EvidenceToBank({
  lang,
  chargeback,
  text,
  parcel,
}: {
  lang: string;
  chargeback: Chargeback;
  text: string;
  parcel: Order['groups'][number] | undefined;
}) {
  const t = translator(lang);
  return (
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
            defaultValue: text,
          },
          {
            name: 'carrier',
            label: t('order.carrier'),
            maxLength: 80,
            ...(parcel?.carrier == null ? {} : { defaultValue: parcel.carrier }),
          },
          {
            name: 'trackingNumber',
            label: t('order.trackingNumber'),
            maxLength: 80,
            ...(parcel?.trackingNumber == null ? {} : { defaultValue: parcel.trackingNumber }),
          },
        ]}
        submit={t(chargeback.canSendEvidence ? 'chargeback.submit' : 'chargeback.note')}
        pending={t('form.pending')}
        idempotencyKey={randomUUID()}
      />
    </div>
  );
}
