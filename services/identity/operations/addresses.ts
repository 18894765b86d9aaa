import {
  addressMistakes,
  commonErrors,
  type Handler,
  invalidInput,
  newId,
  requireMember,
  requireVersion,
} from '@plaza/kernel';
import { inTransaction } from '@plaza/runtime';
import { accountContract } from '../contract/account.ts';
import { errors } from '../errors.ts';
import * as store from '../store/address.ts';
import type { Dependencies } from './dependencies.ts';

const ADDRESSES_MAX = 50;

export function listAddresses({ platform }: Dependencies): Handler<typeof accountContract.listAddresses> {
  return async ({ context: { marketplaceId, ...context } }) => {
    const { memberId } = requireMember({ marketplaceId, ...context });
    return { items: await store.listAddresses(platform.database.read(marketplaceId), marketplaceId, memberId) };
  };
}

export function getAddress({ platform }: Dependencies): Handler<typeof accountContract.getAddress> {
  return async ({ input, context }) => {
    const { memberId } = requireMember(context);
    const queries = platform.database.read(context.marketplaceId);
    const address = await store.findAddress(queries, context.marketplaceId, memberId, input.addressId);
    if (address === undefined) throw errors.ADDRESS_NOT_FOUND({});
    return address;
  };
}

export function createAddress({ platform }: Dependencies): Handler<typeof accountContract.createAddress> {
  return inTransaction(platform.database, accountContract.createAddress, async ({ input, context, tx }) => {
    const { memberId } = requireMember(context);
    refuseMistakes(input);
    if (!(await store.lockAddressBook(tx, memberId))) throw commonErrors.UNAUTHENTICATED({});
    const known = await store.listAddresses(tx, tx.marketplaceId, memberId);
    if (known.length >= ADDRESSES_MAX) throw errors.ADDRESS_LIMIT_REACHED({ maximum: ADDRESSES_MAX });
    const isDefault = input.isDefault || known.length === 0;
    if (isDefault) await store.clearDefault(tx, memberId);
    return store.insertAddress(tx, memberId, newId('address'), { ...input, isDefault });
  });
}

export function updateAddress({ platform }: Dependencies): Handler<typeof accountContract.updateAddress> {
  return inTransaction(platform.database, accountContract.updateAddress, async ({ input, context, tx }) => {
    const { memberId } = requireMember(context);
    await store.lockAddressBook(tx, memberId);
    const address = await store.findAddress(tx, tx.marketplaceId, memberId, input.addressId);
    if (address === undefined) throw errors.ADDRESS_NOT_FOUND({});
    const { addressId, expectedVersion, isDefault, ...changes } = input;
    requireVersion(address, expectedVersion);
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    // One of before that nobody corrects may still become the default.
    if (Object.keys(given).length > 0) refuseMistakes({ ...address, ...given });
    const becomesDefault = isDefault === true && !address.isDefault;
    if (becomesDefault) await store.clearDefault(tx, memberId);
    return store.saveAddress(tx, {
      ...address,
      ...given,
      id: addressId,
      isDefault: address.isDefault || becomesDefault,
    });
  });
}

export function deleteAddress({ platform }: Dependencies): Handler<typeof accountContract.deleteAddress> {
  return inTransaction(platform.database, accountContract.deleteAddress, async ({ input, context, tx }) => {
    const { memberId } = requireMember(context);
    await store.lockAddressBook(tx, memberId);
    if (!(await store.deleteAddress(tx, memberId, input.addressId))) throw errors.ADDRESS_NOT_FOUND({});
    return { isDone: true as const };
  });
}

function refuseMistakes(address: Parameters<typeof addressMistakes>[0]): void {
  const mistakes = addressMistakes(address);
  if (mistakes.length > 0) throw invalidInput(mistakes);
}
