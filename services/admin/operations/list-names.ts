import type { catalogContract } from '@plaza/catalog/contract';
import type { identityContract } from '@plaza/identity/contract';
import { asService, type Client, type Handler, isId } from '@plaza/kernel';
import type { adminContract } from '../contract.ts';

export type Dependencies = {
  readonly identity: Pick<Client<typeof identityContract>, 'getMembers'>;
  readonly catalog: Pick<Client<typeof catalogContract>, 'getStores'>;
};

/** Two calls, however many ids. */
export function listNames({ identity, catalog }: Dependencies): Handler<typeof adminContract.listNames> {
  return async ({ input, context }) => {
    const asked = [...new Set(input.id)];
    const memberIds = asked.filter((id) => isId('member', id));
    const storeIds = asked.filter((id) => isId('store', id));
    const service = asService('admin', context);
    const [members, stores] = await Promise.all([
      memberIds.length === 0 ? [] : identity.getMembers({ memberIds }, service).then(({ items }) => items),
      storeIds.length === 0 ? [] : catalog.getStores({ storeIds }, service).then(({ items }) => items),
    ]);
    return {
      items: [
        ...members.map(({ id, displayName, email }) => ({ id, name: displayName, email, slug: null })),
        ...stores.map(({ id, name, slug }) => ({ id, name, email: null, slug })),
      ],
    };
  };
}
