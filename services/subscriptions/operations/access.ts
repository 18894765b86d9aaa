import { type Context, hasRole, idFromUuid, idKindOf, uuidFromId } from '@plaza/kernel';
import type { Queries } from '@plaza/runtime';
import type { OwnerKind } from '../contract.ts';
import { errors } from '../errors.ts';
import { findInvoice, type InvoiceRow } from '../store/invoice.ts';
import { findStoreOwner, type OwnerRef } from '../store/owner.ts';
import { findSubscription, type SubscriptionRow } from '../store/subscription.ts';

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
  if (row === undefined || !isPayer(context, row)) throw errors.SUBSCRIPTION_NOT_FOUND({});
  return row;
}

type Invoiced = { readonly invoice: InvoiceRow; readonly subscription: SubscriptionRow };

/**
 * An invoice and what it is of, if the caller may see it: who pays it, admins and services.
 * @throws SUBSCRIPTION_INVOICE_NOT_FOUND for what is not there or not the caller's, alike
 */
export async function requireInvoice(queries: Queries, context: Context, invoiceId: string): Promise<Invoiced> {
  const { marketplaceId } = context;
  const invoice = await findInvoice(queries, marketplaceId, uuidFromId(invoiceId));
  const subscription = invoice && (await findSubscription(queries, marketplaceId, invoice.subscription_id));
  if (invoice === undefined || subscription === undefined) throw errors.SUBSCRIPTION_INVOICE_NOT_FOUND({});
  if (!hasRole(context, 'admin') && !isPayer(context, subscription)) throw errors.SUBSCRIPTION_INVOICE_NOT_FOUND({});
  return { invoice, subscription };
}

/** The same for paying it, which an admin may not do in their place. */
export async function requireOwnInvoice(queries: Queries, context: Context, invoiceId: string): Promise<Invoiced> {
  const found = await requireInvoice(queries, context, invoiceId);
  if (!isPayer(context, found.subscription)) throw errors.SUBSCRIPTION_INVOICE_NOT_FOUND({});
  return found;
}

function isPayer(context: Context, { payer_member_id }: SubscriptionRow): boolean {
  return context.actor.kind === 'service' || isMember(context, payer_member_id);
}

function isMember({ actor }: Context, memberUuid: string): boolean {
  return actor.kind === 'member' && actor.memberId === idFromUuid('member', memberUuid);
}
