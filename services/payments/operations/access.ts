import { type Context, hasRole, idFromUuid, uuidFromId, type VerificationLevel } from '@plaza/kernel';
import type { Queries } from '@plaza/runtime';
import { errors } from '../errors.ts';
import type { PaymentRow } from '../store/payment.ts';
import { findStoreOwner } from '../store/payout.ts';

/**
 * Refuses a member's payment to everybody but that member, admins and services, as if it were not there. A guest's
 * payment has no name on it: whoever holds its unguessable id may see it.
 */
export function requireReadable(payment: PaymentRow | undefined, context: Context): PaymentRow {
  if (payment === undefined) throw errors.PAYMENT_NOT_FOUND({});
  if (payment.payer_member_id === null || hasRole(context, 'admin')) return payment;
  const payer = idFromUuid('member', payment.payer_member_id);
  if (context.actor.kind === 'member' && context.actor.memberId === payer) return payment;
  throw errors.PAYMENT_NOT_FOUND({});
}

/** How well the caller is known, for limits: 0 for everyone but members. */
export function levelOf({ actor }: Context): VerificationLevel {
  return actor.kind === 'member' ? (actor.verificationLevel ?? 0) : 0;
}

/**
 * The UUID of the member a store's money belongs to, if the caller may see it: the seller, admins and services.
 * @throws STORE_ACCOUNT_NOT_FOUND for a store that is not there or not the caller's, alike
 */
export async function requireStore(queries: Queries, context: Context, storeId: string): Promise<string> {
  const owner = await findStoreOwner(queries, context.marketplaceId, uuidFromId(storeId));
  if (owner === undefined) throw errors.STORE_ACCOUNT_NOT_FOUND({});
  if (!hasRole(context, 'admin') && !isOwner(context, owner)) throw errors.STORE_ACCOUNT_NOT_FOUND({});
  return owner;
}

function isOwner({ actor }: Context, ownerUuid: string): boolean {
  return actor.kind === 'member' && actor.memberId === idFromUuid('member', ownerUuid);
}
