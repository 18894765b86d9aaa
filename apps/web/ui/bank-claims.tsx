import { randomUUID } from 'node:crypto';
import type { Order } from '@plaza/orders/contract';
import { bankReason } from '@plaza/payments/contract';
import { addChargebackEvidence } from '../lib/actions/returns.ts';
import { api } from '../lib/api.ts';
import { formatDateTime, formatMoney, textIn } from '../lib/format.ts';
import { translator } from '../lib/messages.ts';
import { EvidenceForm } from './evidence-form.tsx';
import { EvidenceList } from './evidence-list.tsx';
import { evidenceTexts } from './evidence-texts.ts';

/** Evidence on one page; an operator asks the API for the rest. */
const SHOWN_MAX = 100;

/** Claims of the buyer's bank on a sale, as its seller and operators see them, and what was shown for the bank. */
export async function BankClaims({ lang, order }: { lang: string; order: Order }) {
  if (order.chargebacks.length === 0) return null;
  const [client, t] = [await api(lang), translator(lang)];
  const shown = await Promise.all(
    order.groups.map(async ({ id }) => {
      const asked = { orderId: order.id, groupId: id, limit: SHOWN_MAX };
      return { groupId: id, items: (await client.orders.listChargebackEvidence(asked)).items };
    }),
  );
  const open = order.chargebacks.find(({ state }) => state === 'opened');
  return (
    <section className="card space-y-4 p-5" aria-label={t('claim.title')}>
      <h2 className="font-heading text-lg font-bold">{t('claim.title')}</h2>
      {order.chargebacks.map(({ id, state, isSettled, amount, reason }) => (
        <div key={id}>
          <p className="font-semibold">
            {formatMoney(amount, lang)} · {textIn(bankReason(reason), lang)}
          </p>
          <p>{t(state === 'lost' && isSettled ? 'claim.settled' : `claim.${state}`)}</p>
        </div>
      ))}
      <EvidenceList lang={lang} items={shown.flatMap(({ items }) => items)} />
      {open !== undefined &&
        shown.map(({ groupId, items }) => (
          <div key={`${groupId}-${items.length}`} className="space-y-3">
            {open.evidenceDueTime !== null && (
              <p className="text-sm text-ink-muted">
                {t('claim.until', { time: formatDateTime(open.evidenceDueTime, lang) })}
              </p>
            )}
            <EvidenceForm
              lang={lang}
              action={addChargebackEvidence.bind(null, lang, { orderId: order.id, groupId })}
              hasFiles
              texts={evidenceTexts(t)}
              idempotencyKey={randomUUID()}
            />
          </div>
        ))}
    </section>
  );
}
