import {
  asService,
  type Client,
  type Context,
  type Handler,
  invalidInput,
  newId,
  requireMember,
  requireVersion,
} from '@plaza/kernel';
import { type Database, inTransaction, type Platform } from '@plaza/runtime';
import type { searchContract } from '@plaza/search/contract';
import { discoveryContract, type SavedQuery } from '../contract.ts';
import { canonical, nameOf, searchKeyOf } from '../domain/saved-search.ts';
import { errors } from '../errors.ts';
import * as store from '../store/saved-search.ts';

type Dependencies = Pick<Platform, 'marketplaces' | 'clock'> & {
  readonly database: Database;
  readonly search: Pick<Client<typeof searchContract>, 'searchListings'>;
};

/** Searches that one member keeps. */
const SEARCHES_MAX = 100;

/** A member's own saved searches. */
export function manageSavedSearches({ database, marketplaces, clock, search }: Dependencies) {
  /** Refuses what search would refuse: a filter that is none, a value that is none of its filter's. */
  async function check(wanted: SavedQuery, context: Context): Promise<void> {
    if (Object.keys(wanted).length === 0)
      throw invalidInput([{ pointer: '/search', code: 'empty', detail: 'needs words or a filter' }]);
    await search.searchListings({ ...wanted, limit: 1 }, asService('discovery', context));
  }

  const listSavedSearches: Handler<typeof discoveryContract.listSavedSearches> = ({ input, context }) =>
    store.listSearches(
      database.read(context.marketplaceId),
      context.marketplaceId,
      requireMember(context).memberId,
      input,
    );

  return {
    listSavedSearches,

    createSavedSearch: inTransaction(database, discoveryContract.createSavedSearch, async ({ input, context, tx }) => {
      const { memberId } = requireMember(context);
      const wanted = canonical(input.search);
      await check(wanted, context);
      const searchKey = searchKeyOf(wanted);
      const count = await store.lockSearches(tx, memberId);
      const equal = await store.findEqual(tx, memberId, searchKey);
      if (equal !== undefined) throw errors.SEARCH_ALREADY_SAVED({ savedSearchId: equal });
      if (count >= SEARCHES_MAX) throw errors.SAVED_SEARCH_LIMIT_REACHED({ maximum: SEARCHES_MAX });
      const name = input.name ?? nameOf(wanted, marketplaces.get(tx.marketplaceId), context.locale);
      const { alerts, delivery } = input;
      const saved = { id: newId('savedSearch'), memberId, name, search: wanted, searchKey, alerts, delivery };
      return store.insertSearch(tx, saved, clock());
    }),

    updateSavedSearch: inTransaction(database, discoveryContract.updateSavedSearch, async ({ input, context, tx }) => {
      const before = await store.lockSearch(tx, requireMember(context).memberId, input.savedSearchId);
      if (before === undefined) throw errors.SAVED_SEARCH_NOT_FOUND({});
      requireVersion(before, input.expectedVersion);
      const { name = before.name, alerts = before.alerts, delivery = before.delivery } = input;
      return store.saveSearch(tx, { id: before.id, name, alerts, delivery }, clock());
    }),

    markSavedSearchSeen: inTransaction(
      database,
      discoveryContract.markSavedSearchSeen,
      async ({ input, context, tx }) => {
        const seen = await store.markSeen(tx, requireMember(context).memberId, input.savedSearchId, clock());
        if (seen === undefined) throw errors.SAVED_SEARCH_NOT_FOUND({});
        return seen;
      },
    ),

    deleteSavedSearch: inTransaction(database, discoveryContract.deleteSavedSearch, async ({ input, context, tx }) => {
      if (!(await store.deleteSearch(tx, requireMember(context).memberId, input.savedSearchId)))
        throw errors.SAVED_SEARCH_NOT_FOUND({});
      return { isDone: true as const };
    }),

    stopSearchAlerts: inTransaction(database, discoveryContract.stopSearchAlerts, async ({ input, tx }) => ({
      stopped: await store.stopMails(tx, input, clock()),
    })),
  };
}
