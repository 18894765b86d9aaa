import { type Id, idFromUuid, uuidFromId } from '@plaza/kernel';
import { type Queries, sql } from '@plaza/runtime';

/** Browsers and members remembered for one order; the one that opened it the longest ago is forgotten first. */
const OPENED_BY_MAX = 50;

/** Notes that somebody opened an order by a mailed link; the same one twice is once. */
export async function addOpenedBy(
  queries: Queries,
  marketplaceId: string,
  orderId: string,
  holder: string,
): Promise<void> {
  await queries.execute(sql`
    update orders.placed_order
    set opened_by = (array_remove(opened_by, ${holder}) || ${holder}::text)[greatest(1, cardinality(array_remove(opened_by, ${holder})) + 2 - ${OPENED_BY_MAX}::int):]
    where marketplace_id = ${marketplaceId} and id = ${uuidFromId(orderId)}`);
}

/** The orders that a browser bought as a guest, the newest fifty, are open to a member too. Those it has opened before stay. */
export async function openOrdersOfBrowser(
  queries: Queries,
  marketplaceId: string,
  guestId: string,
  memberId: string,
): Promise<void> {
  await queries.execute(sql`
    update orders.placed_order set opened_by = array_append(opened_by[greatest(1, cardinality(opened_by) + 2 - ${OPENED_BY_MAX}::int):], ${memberId}::text)
    where marketplace_id = ${marketplaceId} and not ${memberId} = any (opened_by) and id in (
      select id from orders.placed_order
      where marketplace_id = ${marketplaceId} and guest_id = ${guestId} and buyer_member_id is null
      order by placed_time desc limit ${OPENED_BY_MAX})`);
}

/** The guest's order with this number and address, if one may be mailed a link now; from now on none before the pause is over. */
export async function takeLinkMail(
  queries: Queries,
  marketplaceId: string,
  { orderNumber, email, now, mailedBefore }: { orderNumber: string; email: string; now: Date; mailedBefore: Date },
): Promise<{ orderId: Id<'order'>; number: string; email: string; locale: string } | undefined> {
  const row = await queries.row<{ id: string; number: string; email: string; locale: string }>(sql`
    update orders.placed_order set link_mailed_time = ${now}
    where marketplace_id = ${marketplaceId} and number = ${orderNumber} and buyer_member_id is null and email_key = lower(${email})
      and (link_mailed_time is null or link_mailed_time <= ${mailedBefore})
    returning id, number, email, locale`);
  if (row === undefined) return undefined;
  const { id, ...order } = row;
  return { orderId: idFromUuid('order', id), ...order };
}

/** Makes a member the buyer of every order that a guest placed with this address, and of its licenses. Answers the orders. */
export async function claimGuestOrders(
  queries: Queries,
  marketplaceId: string,
  memberId: string,
  email: string,
): Promise<string[]> {
  const rows = await queries.rows<{ id: string }>(sql`
    with claimed as (
      update orders.placed_order set buyer_member_id = ${uuidFromId(memberId)}
      where marketplace_id = ${marketplaceId} and buyer_member_id is null and email_key = lower(${email})
      returning id),
    licensed as (
      update orders.license set buyer_member_id = ${uuidFromId(memberId)}
      where marketplace_id = ${marketplaceId} and buyer_member_id is null and order_id in (select id from claimed))
    select id from claimed order by id`);
  return rows.map(({ id }) => idFromUuid('order', id));
}
