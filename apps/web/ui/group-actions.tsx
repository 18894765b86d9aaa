import { randomUUID } from 'node:crypto';
import type { ShipmentGroup } from '@plaza/orders/contract';
import { takeOrderAction } from '../lib/actions/orders.ts';
import { textIn } from '../lib/format.ts';
import type { Marketplace } from '../lib/marketplace.ts';
import { translator } from '../lib/messages.ts';
import { OrderActionForm } from './order-action-form.tsx';
import { refundToField } from './refund-to.ts';

type Props = {
  readonly lang: string;
  readonly marketplace: Marketplace;
  readonly orderId: string;
  readonly group: ShipmentGroup;
  /** Whether the order is a member's, whose wallet money may go back to. */
  readonly isMembers: boolean;
};

/** Once all the money is back there is nothing left to be content with, or to dispute. */
const ABOUT_MONEY: ReadonlySet<string> = new Set(['accept', 'dispute']);

/** What the reader may do now with a store's part of an order. */
export function GroupActions({ lang, marketplace: { shipping, wallet }, orderId, group, isMembers }: Props) {
  const t = translator(lang);
  const { currency } = group.total;
  const isGivenBack = group.total.amountMinor > 0 && group.refunded.amountMinor === group.total.amountMinor;
  // Downloading is offered with the files themselves.
  const actions = group.actions.filter(({ name }) => name !== 'download' && !(isGivenBack && ABOUT_MONEY.has(name)));
  if (actions.length === 0) return null;
  return (
    <div className="flex flex-wrap items-start gap-2">
      {actions.map(({ name, label, asks, isDestructive, givesBack }) => (
        <OrderActionForm
          key={name}
          action={takeOrderAction.bind(null, lang, { orderId, groupId: group.id, currency }, name)}
          label={textIn(label, lang)}
          asks={asks.filter((ask) => ask !== 'priceMinor' && ask !== 'restock')}
          isDestructive={isDestructive}
          refundTo={givesBack && isMembers ? refundToField(t, wallet?.name) : undefined}
          carriers={shipping.carriers.map(({ id, name: carrierName }) => ({ id, name: carrierName }))}
          texts={{
            carrier: t('order.carrier'),
            trackingNumber: t('order.trackingNumber'),
            reason: t('order.reason'),
            proof: t('order.proof'),
            refundMinor: t('dispute.refund', { currency }),
            pending: t('form.pending'),
          }}
          idempotencyKey={randomUUID()}
        />
      ))}
    </div>
  );
}
