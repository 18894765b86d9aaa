import { type Context, type Handlers, requireMember, uuidFromId } from '@plaza/kernel';
import { inSteps, inTransaction, type Platform, type Transaction } from '@plaza/runtime';
import type { savedMethodOperations } from '../contract/saved-methods.ts';
import { paymentsContract } from '../contract.ts';
import { errors } from '../errors.ts';
import { ProviderUnavailable } from '../provider/provider.ts';
import {
  deleteSavedMethod,
  findSavedMethod,
  listSavedMethods,
  lockSavedMethods,
  type SavedMethodRow,
  savedMethodFrom,
  setDefaultMethod,
} from '../store/saved-method.ts';
import type { Dependencies } from './dependencies.ts';
import { openSaved, savedMethodSealer, saveMethod, tellChanged } from './save-method.ts';

/** Cards that members keep. */
export function savedMethods(
  dependencies: Dependencies & Pick<Platform, 'publicUrl'>,
): Handlers<typeof savedMethodOperations> {
  const { database, clock, signingKey } = dependencies;
  const sealer = savedMethodSealer(signingKey);
  const memberOf = (context: Context) => uuidFromId(requireMember(context).memberId);

  const own = async (tx: Transaction, context: Context, savedMethodId: string): Promise<SavedMethodRow> => {
    const memberId = memberOf(context);
    await lockSavedMethods(tx, memberId);
    const row = await findSavedMethod(tx, tx.marketplaceId, memberId, uuidFromId(savedMethodId));
    if (row === undefined) throw errors.SAVED_METHOD_NOT_FOUND({});
    return row;
  };

  return {
    async listSavedMethods({ context }) {
      const rows = await listSavedMethods(
        database.read(context.marketplaceId),
        context.marketplaceId,
        memberOf(context),
      );
      return { items: rows.map((row) => savedMethodFrom(row, clock())) };
    },

    saveMethod: saveMethod(dependencies),

    makeDefaultMethod: inTransaction(database, paymentsContract.makeDefaultMethod, async ({ input, context, tx }) => {
      const row = await own(tx, context, input.savedMethodId);
      await setDefaultMethod(tx, row.member_id, row.id);
      await tellChanged(tx, row.member_id, true);
      return savedMethodFrom({ ...row, is_default: true }, clock());
    }),

    removeSavedMethod: inSteps(database, paymentsContract.removeSavedMethod, async ({ input, context }) => {
      const { marketplaceId } = context;
      const removed = await database.transaction(marketplaceId, async (tx) => {
        const row = await own(tx, context, input.savedMethodId);
        await deleteSavedMethod(tx, row.id);
        const [next] = await listSavedMethods(tx, marketplaceId, row.member_id);
        if (row.is_default) await setDefaultMethod(tx, row.member_id, next?.id ?? null);
        await tellChanged(tx, row.member_id, next !== undefined);
        return row;
      });
      // Gone here already: that the provider keeps it longer harms nobody, and is tried once.
      await dependencies.providers
        .get(removed.provider)
        ?.forgetCard?.(marketplaceId, openSaved(sealer, removed).token)
        .catch((error: unknown) => {
          if (!(error instanceof ProviderUnavailable)) throw error;
          dependencies.log.warn({ err: error }, 'a removed card stays with its provider');
        });
      return { removed: true };
    }),

    async getDefaultMethod({ input, context: { marketplaceId } }) {
      const [first] = await listSavedMethods(database.read(marketplaceId), marketplaceId, uuidFromId(input.memberId));
      return { method: first?.is_default ? savedMethodFrom(first, clock()) : null };
    },
  };
}
