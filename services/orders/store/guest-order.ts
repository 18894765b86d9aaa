import { idFromUuid, uuidFromId } from '@plaza/kernel';
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
      where marketplace_id = ${marketplaceId} and buyer_member_id is null and lower(email) = lower(${email})
      returning id),
    licensed as (
      update orders.license set buyer_member_id = ${uuidFromId(memberId)}
      where marketplace_id = ${marketplaceId} and buyer_member_id is null and order_id in (select id from claimed))
    select id from claimed order by id`);
  return rows.map(({ id }) => idFromUuid('order', id));
}
