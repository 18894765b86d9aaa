import { type Id, idFromUuid, uuidFromId } from '@plaza/kernel';
import { type Queries, type Sql, sql, type Transaction, type Writer } from '@plaza/runtime';
import { LINE_QUANTITY_MAX } from '../contract/cart.ts';
import type { CartLineRecord, CartRecord, LineSnapshot } from '../domain/cart.ts';

type LineRow = {
  id: string;
  variant_id: string;
  offer_id: string | null;
  quantity: number;
  unit_price_minor: number;
  snapshot: LineSnapshot;
};

type CartRow = {
  id: string;
  member_id: string | null;
  guest_id: string | null;
  version: number;
  updated_time: Date;
  lines: LineRow[];
  codes: string[];
};

function lineFrom(row: LineRow): CartLineRecord {
  return {
    id: idFromUuid('cartLine', row.id),
    variantId: idFromUuid('variant', row.variant_id),
    offerId: row.offer_id === null ? null : idFromUuid('offer', row.offer_id),
    quantity: row.quantity,
    unitPriceMinor: row.unit_price_minor,
    snapshot: row.snapshot,
  };
}

function cartFrom(row: CartRow): CartRecord {
  return {
    id: idFromUuid('cart', row.id),
    memberId: row.member_id === null ? null : idFromUuid('member', row.member_id),
    guestId: row.guest_id,
    version: row.version,
    updatedTime: row.updated_time,
    lines: row.lines.map(lineFrom),
    couponCodes: row.codes,
  };
}

/** One cart with its lines (in the order of adding) and coupon codes, in one statement. */
async function selectCart(queries: Queries, where: Sql): Promise<CartRecord | undefined> {
  const row = await queries.row<CartRow>(sql`
    select id, member_id, guest_id, version, updated_time,
      coalesce((select json_agg(json_build_object('id', line.id, 'variant_id', line.variant_id, 'offer_id', line.offer_id,
          'quantity', line.quantity, 'unit_price_minor', line.unit_price_minor, 'snapshot', line.snapshot) order by line.id)
        from orders.cart_line line where line.marketplace_id = cart.marketplace_id and line.cart_id = cart.id), '[]') as lines,
      array(select code from orders.cart_coupon coupon
        where coupon.marketplace_id = cart.marketplace_id and coupon.cart_id = cart.id order by code) as codes
    from orders.cart where ${where}`);
  return row && cartFrom(row);
}

export function findCart(queries: Queries, marketplaceId: string, cartId: string): Promise<CartRecord | undefined> {
  return selectCart(
    queries,
    sql`marketplace_id = ${marketplaceId} and id = ${uuidFromId(cartId)} and state = 'active'`,
  );
}

export function findCartOfMember(
  queries: Queries,
  marketplaceId: string,
  memberId: string,
): Promise<CartRecord | undefined> {
  return selectCart(
    queries,
    sql`marketplace_id = ${marketplaceId} and member_id = ${uuidFromId(memberId)} and state = 'active'`,
  );
}

/** The guest's last used cart. */
export function findCartOfGuest(
  queries: Queries,
  marketplaceId: string,
  guestId: string,
): Promise<CartRecord | undefined> {
  return selectCart(
    queries,
    sql`marketplace_id = ${marketplaceId} and guest_id = ${guestId} and state = 'active' order by updated_time desc limit 1`,
  );
}

export type NewCart = {
  readonly id: Id<'cart'>;
  readonly memberId: Id<'member'> | null;
  readonly guestId: string | null;
  readonly now: Date;
};

/** Makes a cart; of a member who has one already, answers that one's id. */
export async function insertCart(queries: Queries, marketplaceId: string, cart: NewCart): Promise<CartRecord['id']> {
  const row = await queries.one<{ id: string }>(sql`
    insert into orders.cart (marketplace_id, id, member_id, guest_id, created_time, updated_time)
    values (${marketplaceId}, ${uuidFromId(cart.id)}, ${uuidOrNull(cart.memberId)}, ${cart.guestId}, ${cart.now}, ${cart.now})
    on conflict (marketplace_id, member_id) where state = 'active' and member_id is not null
      do update set updated_time = excluded.updated_time
    returning id`);
  return idFromUuid('cart', row.id);
}

/** Adds pieces to the line of a variant, or a new line, and tells the cart's new version. Undefined: no such cart. */
export async function addLine(
  queries: Queries,
  marketplaceId: string,
  cartId: string,
  line: CartLineRecord,
  now: Date,
): Promise<{ id: CartLineRecord['id']; quantity: number; version: number } | undefined> {
  const row = await queries.row<{ id: string; quantity: number; version: number }>(sql`
    with touched as (${touch(marketplaceId, cartId, now)}), added as (${upsertLine(marketplaceId, cartId, line)})
    select added.id, added.quantity, touched.version from added, touched`);
  return row && { id: idFromUuid('cartLine', row.id), quantity: row.quantity, version: row.version };
}

/** A new guest cart and its first line in one statement. */
export async function insertCartWithLine(
  writer: Writer,
  marketplaceId: string,
  cart: NewCart,
  line: CartLineRecord,
): Promise<void> {
  await writer.execute(sql`
    with touched as (
      insert into orders.cart (marketplace_id, id, member_id, guest_id, created_time, updated_time)
      values (${marketplaceId}, ${uuidFromId(cart.id)}, null, ${cart.guestId}, ${cart.now}, ${cart.now}) returning version
    ) ${insertLine(marketplaceId, cart.id, line)}`);
}

function touch(marketplaceId: string, cartId: string, now: Date): Sql {
  return sql`update orders.cart set version = version + 1, updated_time = ${now}
    where marketplace_id = ${marketplaceId} and id = ${uuidFromId(cartId)} and state = 'active' returning version`;
}

/** Part of a statement that has `touched`: without a cart there is no line. */
function insertLine(marketplaceId: string, cartId: string, line: CartLineRecord): Sql {
  return sql`insert into orders.cart_line as kept (marketplace_id, cart_id, id, variant_id, offer_id, quantity, unit_price_minor, snapshot)
    select ${marketplaceId}, ${uuidFromId(cartId)}, ${uuidFromId(line.id)}::uuid, ${uuidFromId(line.variantId)}::uuid,
      ${uuidOrNull(line.offerId)}::uuid, ${line.quantity}::int, ${line.unitPriceMinor}::bigint, ${JSON.stringify(line.snapshot)}::json
    from touched`;
}

/** The same, of a cart that may have a line of the variant. */
function upsertLine(marketplaceId: string, cartId: string, line: CartLineRecord): Sql {
  return sql`${insertLine(marketplaceId, cartId, line)}
    on conflict on constraint cart_line_variant_unique do update
      set quantity = least(kept.quantity + excluded.quantity, ${LINE_QUANTITY_MAX}),
        unit_price_minor = excluded.unit_price_minor, snapshot = excluded.snapshot
    returning id, quantity`;
}

/** Sets quantity and accepted price of a line; false when it is not there. */
export async function setLine(
  queries: Queries,
  marketplaceId: string,
  cartId: string,
  line: CartLineRecord,
  now: Date,
): Promise<boolean> {
  const row = await queries.one<{ changed: number }>(sql`
    with changed as (
      update orders.cart_line set quantity = ${line.quantity}, unit_price_minor = ${line.unitPriceMinor}
      where marketplace_id = ${marketplaceId} and cart_id = ${uuidFromId(cartId)} and id = ${uuidFromId(line.id)} returning id
    ), touched as (${touch(marketplaceId, cartId, now)})
    select (select count(*)::int from changed) as changed from touched`);
  return row.changed === 1;
}

export async function deleteLine(
  queries: Queries,
  marketplaceId: string,
  cartId: string,
  lineId: string,
  now: Date,
): Promise<void> {
  await queries.execute(sql`
    with gone as (delete from orders.cart_line
      where marketplace_id = ${marketplaceId} and cart_id = ${uuidFromId(cartId)} and id = ${uuidFromId(lineId)})
    ${touch(marketplaceId, cartId, now)}`);
}

/** Puts a coupon in, in the place of another of the same funder. */
export async function putCoupon(
  tx: Transaction,
  cartId: string,
  coupon: { code: string; storeId: string | null },
  now: Date,
): Promise<void> {
  const { marketplaceId } = tx;
  await tx.execute(touch(marketplaceId, cartId, now));
  await tx.execute(sql`delete from orders.cart_coupon where marketplace_id = ${marketplaceId}
    and cart_id = ${uuidFromId(cartId)} and (code = ${coupon.code} or store_id is not distinct from ${uuidOrNull(coupon.storeId)})`);
  await tx.execute(sql`insert into orders.cart_coupon (marketplace_id, cart_id, code, store_id)
    values (${marketplaceId}, ${uuidFromId(cartId)}, ${coupon.code}, ${uuidOrNull(coupon.storeId)})`);
}

export async function deleteCoupon(
  queries: Queries,
  marketplaceId: string,
  cartId: string,
  code: string,
  now: Date,
): Promise<void> {
  await queries.execute(sql`
    with gone as (delete from orders.cart_coupon
      where marketplace_id = ${marketplaceId} and cart_id = ${uuidFromId(cartId)} and code = ${code})
    ${touch(marketplaceId, cartId, now)}`);
}

/** Moves everything of a guest's cart into another and ends it. A repeat finds nothing to move. */
export async function mergeInto(tx: Transaction, guestCartId: string, cartId: string, now: Date): Promise<void> {
  const { marketplaceId } = tx;
  const [from, to] = [uuidFromId(guestCartId), uuidFromId(cartId)];
  const ended = await tx.execute(sql`update orders.cart set state = 'merged', updated_time = ${now}
    where marketplace_id = ${marketplaceId} and id = ${from} and state = 'active' and member_id is null`);
  if (ended === 0) return;
  await tx.execute(sql`
    insert into orders.cart_line as kept (marketplace_id, cart_id, id, variant_id, offer_id, quantity, unit_price_minor, snapshot)
    select marketplace_id, ${to}, id, variant_id, offer_id, quantity, unit_price_minor, snapshot
    from orders.cart_line where marketplace_id = ${marketplaceId} and cart_id = ${from}
    on conflict on constraint cart_line_variant_unique do update set quantity = greatest(kept.quantity, excluded.quantity)`);
  await tx.execute(sql`
    insert into orders.cart_coupon (marketplace_id, cart_id, code, store_id)
    select marketplace_id, ${to}, code, store_id from orders.cart_coupon
    where marketplace_id = ${marketplaceId} and cart_id = ${from} on conflict do nothing`);
  await tx.execute(touch(marketplaceId, cartId, now));
}

/** Takes out what was bought, and the coupons; what was added meanwhile stays. */
export async function emptyOf(
  writer: Writer,
  marketplaceId: string,
  cartId: string,
  variantIds: readonly string[],
  now: Date,
): Promise<void> {
  const cart = uuidFromId(cartId);
  await writer.execute(sql`
    with bought as (delete from orders.cart_line
      where marketplace_id = ${marketplaceId} and cart_id = ${cart} and variant_id = any(${variantIds.map(uuidFromId)})),
    used as (delete from orders.cart_coupon where marketplace_id = ${marketplaceId} and cart_id = ${cart})
    ${touch(marketplaceId, cartId, now)}`);
}

function uuidOrNull(id: string | null): string | null {
  return id === null ? null : uuidFromId(id);
}
