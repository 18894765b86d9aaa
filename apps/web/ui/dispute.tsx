import { randomUUID } from 'node:crypto';
import type { ShipmentGroup } from '@plaza/orders/contract';
import { addEvidence } from '../lib/actions/disputes.ts';
import { api } from '../lib/api.ts';
import { formatDateTime, formatMoney } from '../lib/format.ts';
import { translator } from '../lib/messages.ts';
import { currentMember } from '../lib/session.ts';
import { EvidenceForm } from './evidence-form.tsx';
import { EvidenceList } from './evidence-list.tsx';
import { evidenceTexts } from './evidence-texts.ts';

/** Evidence on one page; few disputes have more, and an operator asks the API for the rest. */
const SHOWN_MAX = 100;

type Props = {
  readonly lang: string;
  readonly orderId: string;
  readonly group: ShipmentGroup;
  readonly dispute: NonNullable<ShipmentGroup['dispute']>;
};

/** A dispute as both sides and operators see it: what was decided, what was shown, and what may still be. */
export async function Dispute({ lang, orderId, group, dispute: { ruling, evidenceTime } }: Props) {
  const [client, member, t] = [await api(lang), await currentMember(), translator(lang)];
  const { items } = await client.orders.listEvidence({
    orderId,
    groupId: group.id,
    limit: SHOWN_MAX,
  });
  const isOpen = evidenceTime !== null && Date.parse(evidenceTime) > Date.now();
  const isOperator = member?.roles.some((role) => role === 'moderator' || role === 'admin') ?? false;
  return (
    <section className="space-y-4 rounded-medium border border-line p-4" aria-label={t('dispute.title')}>
      <h3 className="font-heading text-lg font-bold">{t('dispute.title')}</h3>
      {ruling !== null && (
        <p className="font-medium">{t(`dispute.ruling.${ruling.for}`, { amount: formatMoney(ruling.refund, lang) })}</p>
      )}
      {evidenceTime !== null && (
        <p className="text-sm text-ink-muted">
          {isOpen ? t('dispute.until', { time: formatDateTime(evidenceTime, lang) }) : t('dispute.closed')}
        </p>
      )}
      {items.length === 0 && <p className="text-ink-muted">{t('dispute.none')}</p>}
      <EvidenceList lang={lang} items={items} />
      {(isOpen || (isOperator && evidenceTime !== null)) && (
        <EvidenceForm
          key={items.length}
          lang={lang}
          action={addEvidence.bind(null, lang, { orderId, groupId: group.id })}
          hasFiles={member !== undefined}
          texts={evidenceTexts(t)}
          idempotencyKey={randomUUID()}
        />
      )}
    </section>
  );
}
