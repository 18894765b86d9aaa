import { asService, type Context, type Id, invalidInput } from '@plaza/kernel';
import type { Evidence } from '../contract/dispute.ts';
import type { SellingDependencies } from '../dependencies.ts';
import type { EvidenceRecord } from '../store/dispute.ts';

/** A link to a file that was shown works this long. */
const LINK_SECONDS = 600;

/** Refuses files that are not a member's own uploads for evidence: nobody shows a file by guessing its id. */
export async function requireOwnFiles(
  { media }: Pick<SellingDependencies, 'media'>,
  assetIds: readonly Id<'asset'>[],
  context: Context,
): Promise<void> {
  if (assetIds.length === 0) return;
  const { actor } = context;
  const own =
    actor.kind === 'member'
      ? await media.getAssets({ assetIds: [...assetIds], ownerMemberId: actor.memberId }, asService('orders', context))
      : { items: [] };
  const usable = new Set<string>(own.items.filter(({ purpose }) => purpose === 'evidence').map(({ id }) => id));
  const stray = assetIds.findIndex((id) => !usable.has(id));
  if (stray >= 0)
    throw invalidInput([
      {
        pointer: `/assetIds/${stray}`,
        code: 'unknown',
        detail: 'is not an upload of yours with the purpose evidence',
      },
    ]);
}

type ShownFile = Evidence['files'][number];

/** Links to files, by their ids: all of a page are asked for at once. */
export async function showFiles(
  { media }: Pick<SellingDependencies, 'media'>,
  ids: readonly Id<'asset'>[],
  context: Context,
): Promise<(assetIds: readonly Id<'asset'>[]) => ShownFile[]> {
  const service = asService('orders', context);
  const assetIds = [...new Set(ids)];
  const { items } = assetIds.length === 0 ? { items: [] } : await media.getAssets({ assetIds }, service);
  const files = await Promise.all(
    items.map(async ({ id, filename, contentType }) => {
      const link = { assetId: id, filename, expiresInSeconds: LINK_SECONDS };
      const { url } = await media.createDownloadUrl(link, service);
      return { id, file: { filename, contentType, url } };
    }),
  );
  return (wanted) => files.filter(({ id }) => wanted.includes(id)).map(({ file }) => file);
}

/** Evidence with links to its files. */
export async function showEvidence(
  dependencies: Pick<SellingDependencies, 'media'>,
  records: readonly EvidenceRecord[],
  context: Context,
): Promise<Evidence[]> {
  const filesOf = await showFiles(
    dependencies,
    records.flatMap(({ assetIds }) => assetIds),
    context,
  );
  return records.map((record) => ({
    id: record.id,
    by: record.party,
    text: record.text,
    files: filesOf(record.assetIds),
    time: record.time.toISOString(),
  }));
}
