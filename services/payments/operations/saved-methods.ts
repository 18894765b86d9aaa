import { type Context, type Handlers, idFromUuid, newUuid, requireMember, uuidFromId } from '@plaza/kernel';
import type { Platform, Transaction } from '@plaza/runtime';
import { createSealer, inSteps, inTransaction, type Sealer } from '@plaza/runtime';
import { z } from 'zod';
import type { savedMethodOperations } from '../contract/saved-methods.ts';
import { paymentsContract, SAVED_METHODS_MAX } from '../contract.ts';
import { namedProviders } from '../domain/route-payment.ts';
import { errors } from '../errors.ts';
import { savedMethodsChanged } from '../events.ts';
import { type PaymentProvider, ProviderUnavailable, type SavedCard } from '../provider/provider.ts';
import {
  deleteSavedMethod,
  findSavedMethod,
  insertSavedMethod,
  listSavedMethods,
  lockSavedMethods,
  type SavedMethodRow,
  savedMethodFrom,
  setDefaultMethod,
} from '../store/saved-method.ts';
import type { Dependencies } from './dependencies.ts';

type SavingDependencies = Dependencies & Pick<Platform, 'publicUrl'>;

/** What is sealed of a card. */
const Kept = z.object({ token: z.string(), customerReference: z.string().nullable() });

export function savedMethodSealer(signingKey: string): Sealer {
  return createSealer(signingKey, 'payments saved methods');
}

/** What charges a saved card again. */
export function openSaved(sealer: Sealer, row: SavedMethodRow): z.output<typeof Kept> {
  return Kept.parse(sealer.open(row.sealed));
}

/** Cards that members keep. */
export function savedMethods(dependencies: SavingDependencies): Handlers<typeof savedMethodOperations> {
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

    saveMethod: inSteps(database, paymentsContract.saveMethod, async ({ input, context }) => {
      const { marketplaceId } = context;
      const memberId = memberOf(context);
      const before = await listSavedMethods(database.read(marketplaceId), marketplaceId, memberId);
      if (before.length >= SAVED_METHODS_MAX) throw errors.SAVED_METHODS_FULL({ savedMethodsMax: SAVED_METHODS_MAX });
      const provider = savingProvider(dependencies, marketplaceId);
      const known = before.find((row) => row.provider === provider.name);
      const page = `${dependencies.publicUrl(marketplaceId)}/${context.locale}/account/payment-methods`;
      const outcome = await provider.saveCard({
        marketplaceId,
        memberId: idFromUuid('member', memberId),
        token: input.token,
        customerReference: known === undefined ? null : openSaved(sealer, known).customerReference,
        returnUrl: input.returnUrl ?? page,
      });
      if (outcome.state === 'requires_action') return { method: null, actionUrl: outcome.actionUrl };
      if (outcome.state === 'refused') throw errors.PAYMENT_METHOD_INVALID({});
      const row = await database.transaction(marketplaceId, (tx) =>
        keep(tx, memberId, provider.name, outcome.card, input.isDefault),
      );
      return { method: savedMethodFrom(row, clock()), actionUrl: null };
    }),

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

  async function keep(
    tx: Transaction,
    memberId: string,
    provider: string,
    card: SavedCard,
    isDefault: boolean,
  ): Promise<SavedMethodRow> {
    await lockSavedMethods(tx, memberId);
    const others = await listSavedMethods(tx, tx.marketplaceId, memberId);
    // The same card from the same form: a repeat after a crash.
    const same = others.find((row) => row.provider === provider && openSaved(sealer, row).token === card.token);
    const row: SavedMethodRow = same ?? {
      id: newUuid(),
      member_id: memberId,
      provider,
      sealed: sealer.seal({ token: card.token, customerReference: card.customerReference }),
      brand: card.brand,
      last4: card.last4,
      expiry_month: card.expiryMonth,
      expiry_year: card.expiryYear,
      is_default: false,
      created_time: clock(),
    };
    if (same === undefined) await insertSavedMethod(tx, row);
    const becomesDefault = isDefault || others.every((other) => !other.is_default);
    if (becomesDefault) {
      await setDefaultMethod(tx, memberId, row.id);
      await tellChanged(tx, memberId, true);
    }
    return { ...row, is_default: becomesDefault || row.is_default };
  }
}

/** The provider of the marketplace's cards, if it keeps them. @throws PAYMENT_METHOD_INVALID when none does */
function savingProvider(
  { marketplaces, providers }: Pick<Dependencies, 'marketplaces' | 'providers'>,
  marketplaceId: string,
): PaymentProvider & Required<Pick<PaymentProvider, 'saveCard'>> {
  const cards = marketplaces.get(marketplaceId).paymentMethods.filter(({ kind }) => kind === 'card');
  for (const name of namedProviders(cards)) {
    const provider = providers.get(name);
    const saveCard = provider?.saveCard;
    if (provider !== undefined && saveCard !== undefined) return { ...provider, saveCard };
  }
  throw errors.PAYMENT_METHOD_INVALID({});
}

async function tellChanged(tx: Transaction, memberUuid: string, hasDefault: boolean): Promise<void> {
  const memberId = idFromUuid('member', memberUuid);
  await tx.announce(savedMethodsChanged, memberId, { memberId, hasDefault });
}
