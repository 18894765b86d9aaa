import { type Handler, idFromUuid, newUuid, requireMember, uuidFromId } from '@plaza/kernel';
import { createSealer, inSteps, type Platform, type Sealer, type Transaction } from '@plaza/runtime';
import { z } from 'zod';
import { paymentsContract, SAVED_METHODS_MAX } from '../contract.ts';
import { namedProviders } from '../domain/route-payment.ts';
import { errors } from '../errors.ts';
import { savedMethodsChanged } from '../events.ts';
import type { PaymentProvider, SavedCard } from '../provider/provider.ts';
import {
  insertSavedMethod,
  listSavedMethods,
  lockSavedMethods,
  type SavedMethodRow,
  savedMethodFrom,
  setDefaultMethod,
} from '../store/saved-method.ts';
import type { Dependencies } from './dependencies.ts';

/** What is sealed of a card. */
const Kept = z.object({ token: z.string(), customerReference: z.string().nullable() });

export function savedMethodSealer(signingKey: string): Sealer {
  return createSealer(signingKey, 'payments saved methods');
}

/** What charges a saved card again. */
export function openSaved(sealer: Sealer, row: SavedMethodRow): z.output<typeof Kept> {
  return Kept.parse(sealer.open(row.sealed));
}

/** Has a card kept by the provider of the marketplace's cards, and writes down what charges it again. */
export function saveMethod(
  dependencies: Dependencies & Pick<Platform, 'publicUrl'>,
): Handler<typeof paymentsContract.saveMethod> {
  const { database, clock, publicUrl } = dependencies;
  const sealer = savedMethodSealer(dependencies.signingKey);
  return inSteps(database, paymentsContract.saveMethod, async ({ input, context }) => {
    const { marketplaceId, locale } = context;
    const memberId = uuidFromId(requireMember(context).memberId);
    const before = await listSavedMethods(database.read(marketplaceId), marketplaceId, memberId);
    if (before.length >= SAVED_METHODS_MAX) throw errors.SAVED_METHODS_FULL({ savedMethodsMax: SAVED_METHODS_MAX });
    const provider = savingProvider(dependencies, marketplaceId);
    const known = before.find((row) => row.provider === provider.name);
    const outcome = await provider.saveCard({
      marketplaceId,
      memberId: idFromUuid('member', memberId),
      token: input.token,
      customerReference: known === undefined ? null : openSaved(sealer, known).customerReference,
      returnUrl: input.returnUrl ?? `${publicUrl(marketplaceId)}/${locale}/account/payment-methods`,
    });
    if (outcome.state === 'requires_action') return { method: null, actionUrl: outcome.actionUrl };
    if (outcome.state === 'refused') throw errors.PAYMENT_METHOD_INVALID({});
    const card = { ...outcome.card, memberId, provider: provider.name, isDefault: input.isDefault, time: clock() };
    const row = await database.transaction(marketplaceId, (tx) => keep(tx, sealer, card));
    return { method: savedMethodFrom(row, clock()), actionUrl: null };
  });
}

/** Tells who waits for a card of the member that there is one, or none any more. */
export async function tellChanged(tx: Transaction, memberUuid: string, hasDefault: boolean): Promise<void> {
  const memberId = idFromUuid('member', memberUuid);
  await tx.announce(savedMethodsChanged, memberId, { memberId, hasDefault });
}

type CardToKeep = SavedCard & {
  readonly memberId: string;
  readonly provider: string;
  readonly isDefault: boolean;
  readonly time: Date;
};

/** Writes a card down; a member's first is their default, whether they said so or not. */
async function keep(tx: Transaction, sealer: Sealer, card: CardToKeep): Promise<SavedMethodRow> {
  const { memberId, provider } = card;
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
    created_time: card.time,
  };
  if (same === undefined) await insertSavedMethod(tx, row);
  const becomesDefault = card.isDefault || others.every((other) => !other.is_default);
  if (becomesDefault) {
    await setDefaultMethod(tx, memberId, row.id);
    await tellChanged(tx, memberId, true);
  }
  return { ...row, is_default: becomesDefault || row.is_default };
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
