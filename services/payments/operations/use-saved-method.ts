import { isId, uuidFromId } from '@plaza/kernel';
import type { PaymentMethodInput } from '../contract.ts';
import { namedProviders } from '../domain/route-payment.ts';
import { errors } from '../errors.ts';
import type { ChargeRequest, PaymentProvider } from '../provider/provider.ts';
import { findSavedMethod } from '../store/saved-method.ts';
import type { Dependencies } from './dependencies.ts';
import { openSaved, savedMethodSealer } from './save-method.ts';

/** Who charges a saved card, and what with. */
export type SavedCharge = { readonly provider: PaymentProvider } & Pick<ChargeRequest, 'method' | 'customerReference'>;

/**
 * The saved card that a token names; undefined when it names none, which costs nothing. It is charged by the provider
 * that keeps it, as long as the marketplace takes cards by that one.
 * @throws PAYMENT_METHOD_INVALID for a card that is not the payer's, or of a provider that is not there any more
 */
export async function savedCharge(
  { database, marketplaces, providers, signingKey }: Dependencies,
  marketplaceId: string,
  { method, payerMemberId }: { readonly method: PaymentMethodInput; readonly payerMemberId?: string | undefined },
): Promise<SavedCharge | undefined> {
  if (method.kind !== 'card' || !isId('savedMethod', method.token)) return undefined;
  if (payerMemberId === undefined) throw errors.PAYMENT_METHOD_INVALID({});
  const [payer, id] = [uuidFromId(payerMemberId), uuidFromId(method.token)];
  const row = await findSavedMethod(database.read(marketplaceId), marketplaceId, payer, id);
  const cards = marketplaces.get(marketplaceId).paymentMethods.filter(({ kind }) => kind === 'card');
  const provider =
    row !== undefined && namedProviders(cards).includes(row.provider) ? providers.get(row.provider) : undefined;
  if (row === undefined || provider === undefined) throw errors.PAYMENT_METHOD_INVALID({});
  const { token, customerReference } = openSaved(savedMethodSealer(signingKey), row);
  return { provider, method: { kind: 'card', token }, customerReference };
}
