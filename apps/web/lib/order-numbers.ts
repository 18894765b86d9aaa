import type { PlazaClient } from '@plaza/sdk';

type Orders = { readonly orders: Pick<PlazaClient['orders'], 'listAllOrders'> };
type OrderIds = NonNullable<Parameters<Orders['orders']['listAllOrders']>[0]['orderId']>;

/** The numbers of the orders of an operator's page, by their ids, asked for at once. */
export async function orderNumbers(
  { orders }: Orders,
  ids: readonly (OrderIds[number] | null)[],
): Promise<ReadonlyMap<string, string>> {
  const orderId = [...new Set(ids)].filter((id) => id !== null);
  if (orderId.length === 0) return new Map();
  const { items } = await orders.listAllOrders({ orderId, limit: orderId.length });
  return new Map(items.map(({ id, number }) => [id, number]));
}
