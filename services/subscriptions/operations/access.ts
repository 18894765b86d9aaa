import { type Context, hasRole, idFromUuid, idKindOf, uuidFromId } from '@plaza/kernel';
import type { Queries } from '@plaza/runtime';
import type { OwnerKind } from '../contract.ts';
import { errors } from '../errors.ts';
import { findStoreOwner, type OwnerRef } from '../store/owner.ts';
import type { SubscriptionRow } from '../store/subscription.ts';

type Asked = { readonly ownerKind: OwnerKind; readonly ownerId: string };

export function ownerOf({ ownerKind, ownerId }: Asked): OwnerRef {
  return { kind: ownerKind, id: uuidFromId(ownerId) };
}

/**
 * The owner and the UUID of the member who pays, if the caller may see the plan: that member, admins and services.
 * @throws PLAN_OWNER_NOT_FOUND for what is not there or not the caller's, alike
 */
export async function requireOwner(
  queries: Queries,
  context: Context,
  asked: Asked,
): Promise<{ owner: OwnerRef; payerId: string }> {
  if (idKindOf(asked.ownerId) !== asked.ownerKind) throw errors.PLAN_OWNER_NOT_FOUND({});
  const owner = ownerOf(asked);
  const payerId = owner.kind === 'member' ? owner.id : await findStoreOwner(queries, context.marketplaceId, owner.id);
  if (payerId === undefined || !(hasRole(context, 'admin') || isMember(context, payerId)))
    throw errors.PLAN_OWNER_NOT_FOUND({});
  return { owner, payerId };
}

/** The same for spending the member's money, which an admin may not do in their place. */
export async function requireOwnOwner(
  queries: Queries,
  context: Context,
  asked: Asked,
): Promise<{ owner: OwnerRef; payerId: string }> {
  const found = await requireOwner(queries, context, asked);
  if (context.actor.kind !== 'service' && !isMember(context, found.payerId)) throw errors.PLAN_OWNER_NOT_FOUND({});
  return found;
}

/** @throws SUBSCRIPTION_NOT_FOUND unless the caller pays it */
export function requireOwnSubscription(context: Context, row: SubscriptionRow | undefined): SubscriptionRow {
  const isTheirs = row !== undefined && (context.actor.kind === 'service' || isMember(context, row.payer_member_id));
  if (!isTheirs) throw errors.SUBSCRIPTION_NOT_FOUND({});
  return row;
}

function isMember({ actor }: Context, memberUuid: string): boolean {
  return actor.kind === 'member' && actor.memberId === idFromUuid('member', memberUuid);
}
