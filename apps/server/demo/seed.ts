import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { catalogContract } from '@plaza/catalog/contract';
import { type Client, type Context, everyPage, type MemberId, serviceContext } from '@plaza/kernel';
import type { MarketplaceSettings, Marketplaces } from '@plaza/kernel/marketplace';
import type { marketingContract } from '@plaza/marketing/contract';
import type { mediaContract } from '@plaza/media/contract';
import type { Logger } from '@plaza/runtime';
import { drawPicture, type Mood, type View } from './art/picture.ts';
import { seedAtTheDoor } from './at-the-door.ts';
import type { DemoListing, DemoStore } from './content/index.ts';
import { digitalFile } from './files/index.ts';
import { type DemoJudging, seedJudgements } from './judgements.ts';
import { forEachLimited } from './limit.ts';
import { kindOf, shippingOptionsOf, variantsOf } from './listing-input.ts';
import { type DemoAccounts, type DemoIdentity, demoAccounts, ownerOf } from './members.ts';
import type { FoundListing, OpenStore, StoreId } from './open-store.ts';
import { orNothing } from './or-nothing.ts';
import { type DemoOrders, seedOrders } from './orders.ts';
import { type DemoPlans, seedPlan } from './plans.ts';
import { renderPicture } from './render.ts';
import { type DemoReviewing, seedReviews } from './reviews.ts';
import { type DemoPayments, seedWallet } from './wallet.ts';

export type DemoClients = {
  readonly identity: DemoIdentity;
  readonly catalog: Client<typeof catalogContract>;
  readonly media: Client<typeof mediaContract>;
  readonly marketing: Client<typeof marketingContract>;
  readonly orders: DemoOrders;
  readonly reviews: DemoReviewing;
  readonly payments: DemoPlans['payments'] & DemoPayments;
  readonly subscriptions: DemoPlans['subscriptions'];
  readonly search: DemoJudging;
};

/** Listings made at once: pictures keep two cores busy, more would only wait. */
const LISTINGS_AT_ONCE = 6;
const TEXTURE_PIXELS = 512;
const LOGO_PIXELS = 256;

/** In which light each marketplace shows its things. */
const MOODS: Readonly<Record<string, Mood>> = { glass: 'night', warm: 'warm', clean: 'studio', plain: 'studio' };

type Work = {
  readonly clients: DemoClients;
  readonly context: Context;
  readonly settings: MarketplaceSettings;
  readonly mood: Mood;
  /** Where renders are kept between starts. */
  readonly folder: string;
};

/** Stores and listings of one marketplace. What exists is left as it is: safe to repeat, also after a kill. */
export async function seedMarketplace({
  clients,
  marketplaces,
  marketplaceId,
  dataFolder,
  stores,
  log,
}: {
  readonly clients: DemoClients;
  readonly marketplaces: Marketplaces;
  readonly marketplaceId: string;
  readonly dataFolder: string;
  readonly stores: readonly DemoStore[];
  readonly log: Logger;
}): Promise<{ listings: number; orders: number; reviews: number }> {
  const settings = marketplaces.get(marketplaceId);
  const context = serviceContext('demo', marketplaceId, `seed-${marketplaceId}`);
  const folder = path.join(dataFolder, 'demo-pictures');
  const work: Work = { clients, context, settings, mood: MOODS[settings.theme.style] ?? 'studio', folder };
  const accounts = await demoAccounts(clients.identity, context);
  const open = await Promise.all(stores.map((store) => openStore(work, store, accounts)));
  const jobs = byTurns(open).filter(({ at, listing }) => needsWork(at.listings.get(listing.handle)));
  await forEachLimited(jobs, LISTINGS_AT_ONCE, ({ at, listing, i }) => seedListing(work, at, listing, i));
  await seedCoupons(work, open);
  const street = { ...clients, settings, context, accounts, stores: open };
  const orders = await seedOrders(street).catch((error: unknown) => {
    // Past purchases are decoration: a demo without them still sells, so it starts.
    log.error({ err: error, marketplaceId }, 'the demo buyer could not buy');
    return 0;
  });
  const reviews = await seedReviews(street, clients.reviews).catch((error: unknown) => {
    log.error({ err: error, marketplaceId }, 'the demo could not be reviewed');
    return 0;
  });
  // After the reviews, whose sales would pay a store's debt.
  if (orders > 0)
    await seedAtTheDoor(street).catch((error: unknown) => {
      log.error({ err: error, marketplaceId }, 'the demo buyer could not pay at the door');
    });
  await seedPlan(street).catch((error: unknown) => {
    log.error({ err: error, marketplaceId }, 'the demo seller could not subscribe');
  });
  await seedWallet(street).catch((error: unknown) => {
    log.error({ err: error, marketplaceId }, "the demo buyer's wallet could not be filled");
  });
  await seedJudgements(street, clients.search).catch((error: unknown) => {
    log.error({ err: error, marketplaceId }, "the demo's searches could not be judged");
  });
  return { listings: jobs.length, orders, reviews };
}

/** The listings of all stores, one from each store in turn, so that "newest first" shows a colorful street. */
function byTurns(stores: readonly OpenStore[]): { at: OpenStore; listing: DemoListing; i: number }[] {
  return stores.flatMap((at) => at.store.listings.map((listing, i) => ({ at, listing, i }))).sort((a, b) => b.i - a.i);
}

/** A draft of the first version is what an interrupted seed leaves behind. */
function needsWork(found: { state: string; version: number } | undefined): boolean {
  return found === undefined || (found.state === 'draft' && found.version <= 2);
}

async function openStore(work: Work, store: DemoStore, accounts: DemoAccounts): Promise<OpenStore> {
  const { clients, context, settings } = work;
  const found = await orNothing('STORE_NOT_FOUND', clients.catalog.getStoreBySlug({ slug: store.slug }, context));
  if (found !== undefined) {
    const listings = await listingsOf(work, found.id);
    return { store, storeId: found.id, ownerId: found.ownerMemberId, listings };
  }
  const ownerId = await ownerOf(store, { identity: clients.identity, context, accounts });
  const logo = await storePicture(work, store.logo, 'mark', `${store.slug}.webp`, 'store-logo', ownerId);
  const opened = await clients.catalog.createStore(
    {
      name: store.name,
      slug: store.slug,
      description: store.text,
      logoAssetId: logo.id,
      shippingOptions: shippingOptionsOf(store, settings),
      location: { city: store.city, region: store.region, countryCode: store.country },
      locale: store.locale,
      ownerMemberId: ownerId,
    },
    context,
  );
  if (settings.paymentMethods.some(({ kind }) => kind === 'cash'))
    await clients.payments.setCashOnDelivery({ storeId: opened.id, accepts: true }, context);
  return { store, storeId: opened.id, ownerId, listings: new Map() };
}

async function listingsOf({ clients, context }: Work, storeId: StoreId): Promise<Map<string, FoundListing>> {
  const found = new Map<string, FoundListing>();
  const pages = everyPage((place) => clients.catalog.listStoreListings({ storeId, limit: 100, ...place }, context));
  for await (const { items } of pages)
    for (const { handle, id, state, version } of items) found.set(handle, { id, state, version });
  return found;
}

async function seedListing(
  work: Work,
  { store, storeId, ownerId, listings }: OpenStore,
  listing: DemoListing,
  i: number,
) {
  const { clients, context, settings } = work;
  const listingId =
    listings.get(listing.handle)?.id ?? (await createListing(work, { store, storeId, ownerId, listing, i }));
  if (listingId === undefined) return;
  if (listing.file !== undefined) {
    const render = (svg: string) =>
      renderPicture(svg, { folder: work.folder, format: 'png', pixels: TEXTURE_PIXELS }).then((file) => readFile(file));
    const { filename, bytes } = await digitalFile({ ...listing, file: listing.file }, render);
    const asset = await clients.media.storeBytes(
      { purpose: 'listing-file', filename, base64: bytes.toString('base64'), ownerMemberId: ownerId },
      context,
    );
    const engines = listing.attributes?.engine;
    const release = clients.catalog.createRelease(
      {
        listingId,
        version: '1.0.0',
        changelog: 'First release.',
        compatibility: Array.isArray(engines) ? engines.map((engine: string) => ({ engine })) : [],
        licenseOptions: settings.licenses.map(({ id, name, summary }) => ({
          code: id,
          name: name[store.locale] ?? name.en ?? id,
          summary: summary[store.locale] ?? summary.en ?? '',
        })),
        files: [{ assetId: asset.id, filename }],
      },
      context,
    );
    await orNothing('RELEASE_VERSION_TAKEN', release);
  }
  const { state, version } = await clients.catalog.publishListing({ listingId }, context);
  listings.set(listing.handle, { id: listingId, state, version });
}

/** The new draft's id; undefined when its seller deleted it and the handle is still taken. */
async function createListing(
  work: Work,
  { store, storeId, ownerId, listing, i }: Omit<OpenStore, 'listings'> & { listing: DemoListing; i: number },
) {
  const { clients, context, settings } = work;
  const kind = kindOf(listing);
  const views: View[] = i === 0 ? ['whole', 'close'] : ['whole'];
  const images = [];
  for (const view of views) {
    const filename = `${listing.handle}-${view}.webp`;
    const { id } = await storePicture(work, listing.picture, view, filename, 'listing-image', ownerId);
    images.push({ assetId: id, alt: listing.title });
  }
  const created = await orNothing(
    'HANDLE_TAKEN',
    clients.catalog.createListing(
      {
        storeId,
        kind,
        title: listing.title,
        handle: listing.handle,
        description: listing.text,
        categoryId: listing.category,
        attributes: { ...listing.attributes } as Record<string, string | number | boolean | string[]>,
        condition: kind === 'physical' ? (listing.condition ?? 'new') : null,
        location: kind === 'digital' ? null : { city: store.city, region: store.region, countryCode: store.country },
        tags: [...(listing.tags ?? [])],
        images,
        variants: variantsOf(listing, settings),
        isOfferAllowed: settings.features.offers,
      },
      context,
    ),
  );
  return created?.id;
}

async function storePicture(
  { clients, context, mood, folder }: Work,
  picture: string,
  view: View,
  filename: string,
  purpose: 'listing-image' | 'store-logo',
  ownerMemberId: MemberId,
) {
  const file = await renderPicture(drawPicture(picture, mood, view), {
    folder,
    ...(view === 'mark' ? { pixels: LOGO_PIXELS } : {}),
  });
  return clients.media.storeBytes({ purpose, filename, path: file, ownerMemberId }, context);
}

const COUPON_WORDS = {
  en: {
    welcome: '10 % off your order, paid by the marketplace',
    store: (name: string) => `15 % off at ${name}`,
    shipping: 'Free shipping, paid by the marketplace',
  },
  es: {
    welcome: '10 % de descuento en tu pedido, por cuenta del mercado',
    store: (name: string) => `15 % de descuento en ${name}`,
    shipping: 'Envío gratis, por cuenta del mercado',
  },
  th: {
    welcome: 'ลด 10% ทั้งคำสั่งซื้อ ตลาดออกให้',
    store: (name: string) => `ลด 15% ที่ร้าน ${name}`,
    shipping: 'ส่งฟรี ตลาดออกค่าส่งให้',
  },
};

/** One coupon that the platform pays and one that the demo seller pays. */
async function seedCoupons({ clients, context, settings }: Work, open: readonly OpenStore[]): Promise<void> {
  const own = open.find(({ store }) => store.owner === undefined);
  const [locale = 'en'] = settings.locales;
  const words = COUPON_WORDS[locale as keyof typeof COUPON_WORDS] ?? COUPON_WORDS.en;
  const percent = (rateBp: number) => ({ kind: 'percent' as const, rateBp });
  const coupons: Parameters<typeof clients.marketing.createCoupon>[0][] = [
    { code: 'WELCOME10', title: words.welcome, reduction: percent(1000) },
    ...(own === undefined
      ? []
      : [{ code: 'STORE15', title: words.store(own.store.name), reduction: percent(1500), storeId: own.storeId }]),
  ];
  if (settings.listingKinds.includes('physical'))
    coupons.push({
      code: 'FREESHIP',
      title: words.shipping,
      reduction: { kind: 'free-shipping' },
    });
  for (const coupon of coupons) await orNothing('COUPON_CODE_TAKEN', clients.marketing.createCoupon(coupon, context));
}
