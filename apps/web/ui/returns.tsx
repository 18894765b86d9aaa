import { randomUUID } from 'node:crypto';
import type { Return, ShipmentGroup } from '@plaza/orders/contract';
import { askReturn } from '../lib/actions/returns.ts';
import { formatDateTime } from '../lib/format.ts';
import { translator } from '../lib/messages.ts';
import { currentMember } from '../lib/session.ts';
import { OneReturn } from './one-return.tsx';
import { ReturnForm } from './return-form.tsx';

type Props = {
  readonly lang: string;
  readonly group: ShipmentGroup;
  readonly orderId: string;
  readonly returns: readonly Return[];
};

/** What goes back of a store's part of an order: each return with what its reader may do, and, for the buyer, asking for one. */
export async function Returns({ lang, group, orderId, returns }: Props) {
  const own = returns.filter(({ groupId }) => groupId === group.id);
  const canAsk = group.returnTime !== null && Date.parse(group.returnTime) > Date.now();
  if (own.length === 0 && !canAsk) return null;
  const [t, member] = [translator(lang), await currentMember()];
  const lines = group.lines
    .map((line) => ({ ...line, left: line.quantity - line.refundedQuantity }))
    .filter(({ kind, left }) => kind !== 'digital' && left > 0);
  return (
    <div className="space-y-4">
      {own.map((each) => (
        <OneReturn key={each.id} lang={lang} group={group} one={each} />
      ))}
      {canAsk && (
        <details className="card p-5">
          <summary className="button button-outline w-fit list-none">{t('return.ask')}</summary>
          <div className="max-w-md space-y-4 pt-4">
            <p className="text-sm text-ink-muted">
              {t('return.until', { time: formatDateTime(group.returnTime ?? '', lang) })}
            </p>
            <ReturnForm
              lang={lang}
              action={askReturn.bind(null, lang, { orderId, groupId: group.id, lineIds: lines.map(({ id }) => id) })}
              lines={lines.map(({ id, title, left }) => ({
                id,
                left,
                label: t('return.quantity', { title, count: left }),
              }))}
              hasFiles={member !== undefined}
              texts={{
                reason: t('return.reason'),
                photos: t('return.photos'),
                remove: t('edit.remove'),
                submit: t('return.ask'),
                pending: t('form.pending'),
                uploading: t('edit.uploading'),
                failed: t('edit.uploadFailed'),
              }}
              idempotencyKey={randomUUID()}
            />
          </div>
        </details>
      )}
    </div>
  );
}
