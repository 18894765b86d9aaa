import type { Store } from '@plaza/catalog/contract';
import { asService, type Context, hasRole, type Id } from '@plaza/kernel';
import type { OrdersDependencies } from '../../dependencies.ts';
import { errors } from '../../errors.ts';

/** The store, of its owner or, for an admin, any; to everybody else there is none. */
export async function requireStore(
  catalog: OrdersDependencies['catalog'],
  storeId: Id<'store'>,
  context: Context,
): Promise<Store> {
  const { items } = hasRole(context, 'admin')
    ? await catalog.getStores({ storeIds: [storeId] }, asService('orders', context))
    : await catalog.getMyStores({}, context);
  const store = items.find(({ id }) => id === storeId);
  if (store === undefined) throw errors.STORE_NOT_FOUND({});
  return store;
}
