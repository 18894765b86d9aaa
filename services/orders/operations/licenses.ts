import { asService, type Context, type Handlers, type Id, requireMember } from '@plaza/kernel';
import type { License, licenseOperations } from '../contract/license.ts';
import type { SellingDependencies } from '../dependencies.ts';
import { take } from '../domain/process/process.ts';
import { errors } from '../errors.ts';
import { countDownload, findLicense, type LicenseRecord, licensesOfOrder, listLicenseRows } from '../store/license.ts';
import { findOrder } from '../store/order.ts';
import { moveGroupBy } from './move-group.ts';
import { isBuyer, openOrder, partiesOf } from './open-order.ts';
import { runEffects } from './run-effects.ts';

/** A link to a licensed file works this long. */
const LINK_SECONDS = 600;

/** The buyer's library and its downloads. */
export function licenses(dependencies: SellingDependencies): Handlers<typeof licenseOperations> {
  const { database, catalog, media } = dependencies;
  return {
    async listLicenses({ input, context }) {
      const { memberId } = requireMember(context);
      const page = await listLicenseRows(database.read(context.marketplaceId), context.marketplaceId, {
        buyerMemberId: memberId,
        cursor: input.cursor,
        limit: input.limit,
      });
      return { items: page.items.map(view), nextCursor: page.nextCursor };
    },
    async listOrderLicenses({ input, context }) {
      const queries = database.read(context.marketplaceId);
      const order = await openOrder(queries, input.orderId, context);
      const isTheirs = order.groups.some((group) =>
        partiesOf(context, order, group).some((party) => party === 'buyer' || party === 'operator'),
      );
      if (!isTheirs) throw errors.ORDER_NOT_FOUND({});
      return { items: (await licensesOfOrder(queries, context.marketplaceId, order.id)).map(view) };
    },
    async createDownload({ input, context }) {
      const queries = database.read(context.marketplaceId);
      const license = await openLicense(dependencies, input.licenseId, context);
      if (license.state === 'revoked') throw errors.LICENSE_REVOKED({});
      const service = asService('orders', context);
      const { files, version } = await catalog.getLicensedFiles({ listingId: license.listingId }, service);
      if (files.length === 0) throw errors.NO_FILES({});
      const links = await Promise.all(
        files.map(async ({ assetId, filename, sizeBytes }) => {
          const { url, expireTime } = await media.createDownloadUrl(
            { assetId, filename, expiresInSeconds: LINK_SECONDS },
            service,
          );
          return { filename, url, sizeBytes, expireTime };
        }),
      );
      await countDownload(queries, context.marketplaceId, license.id);
      await confirmByDownload(dependencies, license, context);
      return {
        version,
        files: links.map(({ expireTime: _, ...link }) => link),
        expireTime: links[0]?.expireTime ?? dependencies.clock().toISOString(),
      };
    },
  };
}

async function openLicense(
  { database }: SellingDependencies,
  licenseId: string,
  context: Context,
): Promise<LicenseRecord> {
  const queries = database.read(context.marketplaceId);
  const license = await findLicense(queries, context.marketplaceId, licenseId);
  if (license === undefined) throw errors.LICENSE_NOT_FOUND({});
  const { actor } = context;
  if (actor.kind === 'service' || (actor.kind === 'member' && actor.memberId === license.buyerMemberId)) return license;
  const order = await findOrder(queries, context.marketplaceId, license.orderId);
  if (order === undefined || !isBuyer(context, order)) throw errors.LICENSE_NOT_FOUND({});
  return license;
}

/** The first download is the receipt, where the process has such an action. */
async function confirmByDownload(
  dependencies: SellingDependencies,
  license: LicenseRecord,
  context: Context,
): Promise<void> {
  const { database, processes } = dependencies;
  const order = await findOrder(database.read(context.marketplaceId), context.marketplaceId, license.orderId);
  const group = order?.groups.find(({ id }) => id === license.groupId);
  if (order === undefined || group === undefined) return;
  const process = await processes.version(
    database.read(context.marketplaceId),
    context.marketplaceId,
    group.processName,
    group.processVersion,
  );
  if (take(process, group.state, 'download', 'buyer') === undefined) return;
  await database
    .transaction(context.marketplaceId, async (tx) => {
      // Two downloads at once: the second finds it confirmed.
      await moveGroupBy(
        dependencies,
        tx,
        order,
        { groupId: group.id, action: 'download', entered: {}, parties: ['buyer'] },
        context,
      );
    })
    .catch((error) => {
      if ((error as { code?: string }).code !== 'ACTION_NOT_ALLOWED') throw error;
    });
  await runEffects(dependencies, group.id, context);
}

function view({
  groupId: _group,
  buyerMemberId: _buyer,
  ...license
}: LicenseRecord): License & { orderId: Id<'order'> } {
  return license;
}
