import type { MemberId } from '@plaza/kernel';
import { GUEST_ACCESS } from '@plaza/orders/events';
import { type Platform, signAccess } from '@plaza/runtime';
import type { Message, News } from '../domain/message.ts';

/** Who bought, as events of orders say it: a member, or a guest by the address of the order. */
export type Buyer = {
  readonly buyerMemberId: MemberId | null;
  readonly orderId: string;
  readonly email: string | null;
  readonly locale: string;
};

/** What a buyer is told; to whom and where it leads follows from who they are. */
export type ToldBuyer = Omit<Message, 'to' | 'topic' | 'path'> & {
  /** The page of a member; of the order, unless given. */
  readonly path?: string;
  /** A page for anybody who has its address. None: a link that opens the order. */
  readonly guestPath?: string;
};

/** How long the link in a guest's mail opens their order: past any return. Each later mail about it has a new one. */
const LINK_DAYS = 90;

/**
 * The news for a buyer: for a member in their account, for a guest by mail, with a link that opens the order on any device.
 * Its token is in the fragment: browsers send that to no server, and to nobody as referrer.
 */
export function newsForBuyer(
  { signingKey, clock }: Pick<Platform, 'signingKey' | 'clock'>,
  { marketplaceId, eventId }: { readonly marketplaceId: string; readonly eventId: string },
  { buyerMemberId: memberId, orderId, email, locale }: Buyer,
  { path = `/account/orders/${orderId}`, guestPath, ...told }: ToldBuyer,
): News[] {
  const topic = 'orders';
  if (memberId !== null) return [{ eventId, message: { ...told, topic, to: { memberId }, path } }];
  if (email === null) return [];
  const access = { purpose: GUEST_ACCESS, marketplaceId, subject: orderId };
  const token = signAccess(access, new Date(clock().getTime() + LINK_DAYS * 86_400_000), signingKey);
  const to = { email, locale, name: email };
  return [{ eventId, message: { ...told, topic, to, path: guestPath ?? `/order-access/${orderId}#${token}` } }];
}
