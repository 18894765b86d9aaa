import { type Context, hasRole, idFromUuid, uuidFromId } from '@plaza/kernel';
import type { Queries } from '@plaza/runtime';
import type { PayoutOwnerKind } from '../contract.ts';
import { errors } from '../errors.ts';
import { findStoreOwner } from '../store/payout.ts';
import type { OwnerRef } from '../store/payout-account.ts';

type Named = { readonly ownerKind: PayoutOwnerKind; readonly ownerId: string };

/** An owner of money as the database knows it, and the UUID of the member who gets it. */
export type PayoutOwner = OwnerRef & { readonly memberId: string };

/**
 * The owner of money, if the caller may see it: who owns the store, the member, admins, services.
 * @throws STORE_ACCOUNT_NOT_FOUND for an owner that is not there or not the caller's, alike
 */
export async function requireOwner(queries: Queries, context: Context, named: Named): Promise<PayoutOwner> {
  const owner = await findOwner(queries, context.marketplaceId, named);
  if (owner !== undefined && (hasRole(context, 'admin') || isOf(context, owner))) return owner;
  throw errors.STORE_ACCOUNT_NOT_FOUND({});
}

/** The same for moving the money, which an admin may not do in the owner's place. */
export async function requireOwnOwner(queries: Queries, context: Context, named: Named): Promise<PayoutOwner> {
  const owner = await findOwner(queries, context.marketplaceId, named);
  if (owner !== undefined && (context.actor.kind === 'service' || isOf(context, owner))) return owner;
  throw errors.STORE_ACCOUNT_NOT_FOUND({});
}

/** Whether the caller is who gets the money, now: a store may have been handed on. */
export async function isOwnMoney(
  queries: Queries,
  context: Context,
  row: { readonly owner_kind: PayoutOwnerKind; readonly owner_id: string },
): Promise<boolean> {
  if (context.actor.kind === 'service') return true;
  const memberId =
    row.owner_kind === 'member' ? row.owner_id : await findStoreOwner(queries, context.marketplaceId, row.owner_id);
  return memberId !== undefined && isOf(context, { memberId });
}

async function findOwner(
  queries: Queries,
  marketplaceId: string,
  { ownerKind, ownerId }: Named,
): Promise<PayoutOwner | undefined> {
  const id = uuidFromId(ownerId);
  if (idFromUuid(ownerKind, id) !== ownerId) return undefined;
  const memberId = ownerKind === 'member' ? id : await findStoreOwner(queries, marketplaceId, id);
  return memberId === undefined ? undefined : { kind: ownerKind, id, memberId };
}

function isOf({ actor }: Context, { memberId }: Pick<PayoutOwner, 'memberId'>): boolean {
  return actor.kind === 'member' && actor.memberId === idFromUuid('member', memberId);
}
