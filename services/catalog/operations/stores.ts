import {
  asService,
  type Context,
  idFromUuid,
  idOfCursor,
  invalidInput,
  type Locale,
  newUuid,
  pageFrom,
  requireMember,
  requireVersion,
  uuidFromId,
} from '@plaza/kernel';
import type { MarketplaceSettings } from '@plaza/kernel/marketplace';
import { inSteps, inTransaction } from '@plaza/runtime';
import { catalogContract, type ShippingOption } from '../contract.ts';
import { handleFrom } from '../domain/handle.ts';
import { shippingMistakes, shippingOptionsOf } from '../domain/shipping.ts';
import { errors } from '../errors.ts';
import { storeCreated, storeUpdated } from '../events.ts';
import { lockName } from '../store/handles.ts';
import {
  findStore,
  findStoreBySlug,
  findStores,
  findStoresOf,
  lockStore,
  newestStores,
  type StoreRecord,
  saveStore,
  storeView,
  takenSlugs,
} from '../store/stores.ts';
import { type Dependencies, requireOwnStore, settingsOf } from './dependencies.ts';

/**
 * Opens a store. The role is granted first: a role without a store harms nobody, and a store whose owner may not
 * sell would. Both steps can be repeated.
 */
export function createStore(dependencies: Dependencies) {
  return inSteps(dependencies.database, catalogContract.createStore, async ({ input, context }) => {
    const settings = settingsOf(dependencies, context);
    const ownerMemberId = context.actor.kind === 'service' ? input.ownerMemberId : requireMember(context).memberId;
    if (ownerMemberId === undefined)
      throw invalidInput([
        { pointer: '/ownerMemberId', code: 'required', detail: 'a service opens stores for a member' },
      ]);
    const shippingOptions = input.shippingOptions ?? shippingOptionsOf(settings, input.locale ?? context.locale);
    requireCurrency(settings, shippingOptions);
    const logoUrl = await logoOf(dependencies, context, input.logoAssetId ?? null);
    await dependencies.identity.grantRole({ memberId: ownerMemberId, role: 'seller' }, asService('catalog', context));
    const opened = await dependencies.database.transaction(context.marketplaceId, async (tx) => {
      const now = dependencies.clock();
      const store: StoreRecord = {
        id: newUuid(),
        ownerMemberId: uuidFromId(ownerMemberId),
        name: input.name,
        slug: input.slug ?? (await freeSlug(handleFrom(input.name))),
        description: input.description,
        logoAssetId: input.logoAssetId === undefined ? null : uuidFromId(input.logoAssetId),
        logoUrl,
        policies: input.policies,
        shippingOptions,
        location: input.location ?? null,
        locale:
          input.locale ??
          settings.locales.find((locale) => locale === context.locale) ??
          (settings.locales[0] as Locale),
        planId: null,
        version: 1,
        createdTime: now,
        updatedTime: now,
      };
      await saveStore(tx, store);
      await tx.announce(storeCreated, idFromUuid('store', store.id), storeFact(store));
      return storeView(store);

      async function freeSlug(wanted: string): Promise<string> {
        await lockName(tx, 'store', wanted);
        const candidates = [wanted, ...Array.from({ length: 98 }, (_, i) => `${wanted}-${i + 2}`)];
        const taken = await takenSlugs(tx, context.marketplaceId, candidates);
        return candidates.find((candidate) => !taken.has(candidate)) ?? `${wanted}-${newUuid().slice(-12)}`;
      }
    });
    // The event tells payments the same. It is said here too, so that who opens a store has a balance to look at; when
    // payments are away, that is no reason not to open it.
    await dependencies.payments
      .openStoreAccount({ storeId: opened.id, ownerMemberId }, asService('catalog', context))
      .catch((error: unknown) =>
        dependencies.log.warn({ err: error, storeId: opened.id }, 'payments hear of a store by its event'),
      );
    return opened;
  });
}

/** Changes what the input names. */
export function updateStore(dependencies: Dependencies) {
  return inTransaction(dependencies.database, catalogContract.updateStore, async ({ input, context, tx }) => {
    const before = requireOwnStore(context, await lockStore(tx, uuidFromId(input.storeId)));
    requireVersion(before, input.expectedVersion);
    if (input.shippingOptions !== undefined) requireCurrency(settingsOf(dependencies, context), input.shippingOptions);
    const { storeId: _, expectedVersion: __, logoAssetId, ...given } = input;
    const fields = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    const logo =
      logoAssetId === undefined
        ? {}
        : {
            logoAssetId: logoAssetId === null ? null : uuidFromId(logoAssetId),
            logoUrl: await logoOf(dependencies, context, logoAssetId),
          };
    const store: StoreRecord = {
      ...before,
      ...(fields as Partial<StoreRecord>),
      ...logo,
      version: before.version + 1,
      updatedTime: dependencies.clock(),
    };
    await saveStore(tx, store);
    await tx.announce(storeUpdated, input.storeId, storeFact(store));
    return storeView(store);
  });
}

/** Stores as anyone may read them. */
export function storeReads(dependencies: Dependencies) {
  const reading = (context: Context) => dependencies.database.read(context.marketplaceId);
  return {
    getStore: async ({ input, context }: { input: { storeId: string }; context: Context }) => {
      const store = await findStore(reading(context), context.marketplaceId, uuidFromId(input.storeId));
      if (store === undefined) throw errors.STORE_NOT_FOUND({});
      return storeView(store);
    },
    getStoreBySlug: async ({ input, context }: { input: { slug: string }; context: Context }) => {
      const store = await findStoreBySlug(reading(context), context.marketplaceId, input.slug);
      if (store === undefined) throw errors.STORE_NOT_FOUND({});
      return storeView(store);
    },
    getMyStores: async ({ context }: { context: Context }) => {
      const owner = uuidFromId(requireMember(context).memberId);
      return { items: (await findStoresOf(reading(context), context.marketplaceId, owner)).map(storeView) };
    },
    getStores: async ({ input, context }: { input: { storeIds: string[] }; context: Context }) => {
      const ids = input.storeIds.map(uuidFromId);
      return { items: (await findStores(reading(context), context.marketplaceId, ids)).map(storeView) };
    },
    listStores: async ({
      input,
      context,
    }: {
      input: { limit: number; cursor?: string | undefined };
      context: Context;
    }) => {
      const after = idOfCursor(input.cursor);
      const rows = await newestStores(reading(context), context.marketplaceId, input.limit + 1, after);
      return pageFrom(rows, input.limit, ({ id }) => [id], storeView);
    },
  };
}

export function storeFact(store: Pick<StoreRecord, 'id' | 'ownerMemberId' | 'name' | 'slug' | 'version'>) {
  const { name, slug, version } = store;
  return {
    storeId: idFromUuid('store', store.id),
    ownerMemberId: idFromUuid('member', store.ownerMemberId),
    name,
    slug,
    version,
  };
}

function requireCurrency(settings: MarketplaceSettings, options: readonly ShippingOption[]): void {
  const mistakes = shippingMistakes(options, settings.currency);
  if (mistakes.length > 0) throw invalidInput(mistakes);
}

async function logoOf(
  dependencies: Dependencies,
  context: Context,
  assetId: Parameters<Dependencies['media']['getAssets']>[0]['assetIds'][number] | null,
) {
  if (assetId === null) return null;
  const owner = context.actor.kind === 'member' ? { ownerMemberId: context.actor.memberId } : {};
  const { items } = await dependencies.media.getAssets(
    { assetIds: [assetId], ...owner },
    asService('catalog', context),
  );
  const url = items[0]?.renditions?.thumb;
  if (url === undefined)
    throw invalidInput([{ pointer: '/logoAssetId', code: 'unknown', detail: 'is not an image of yours' }]);
  return url;
}
