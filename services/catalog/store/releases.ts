import { idFromUuid, type OutputOf } from '@plaza/kernel';
import { type Queries, sql, type Transaction } from '@plaza/runtime';
import type { catalogContract, Release } from '../contract.ts';
import { refusing } from './constraints.ts';

type Files = OutputOf<typeof catalogContract.getLicensedFiles>['files'];

/** A version of a digital listing. Ids are database UUIDs, those of assets as people see them. */
export type ReleaseRecord = {
  readonly id: string;
  readonly listingId: string;
  readonly version: string;
  readonly changelog: string;
  readonly compatibility: Release['compatibility'];
  readonly licenseOptions: Release['licenseOptions'];
  readonly files: Files;
  readonly createdTime: Date;
};

export async function insertRelease(tx: Transaction, release: ReleaseRecord): Promise<void> {
  await refusing(
    tx.execute(sql`
      insert into catalog.release (marketplace_id, id, listing_id, version, changelog, compatibility, license_options, files, created_time)
      values (${tx.marketplaceId}, ${release.id}, ${release.listingId}, ${release.version}, ${release.changelog},
        ${JSON.stringify(release.compatibility)}, ${JSON.stringify(release.licenseOptions)}, ${JSON.stringify(release.files)},
        ${release.createdTime})`),
  );
}

const COLUMNS = sql`r.id, r.listing_id as "listingId", r.version, r.changelog, r.compatibility,
  r.license_options as "licenseOptions", r.files, r.created_time as "createdTime"`;

export async function newestReleases(
  queries: Queries,
  marketplaceId: string,
  listingId: string,
  limit: number,
  beforeId: string | null,
): Promise<ReleaseRecord[]> {
  const continued = beforeId === null ? sql`` : sql`and r.id < ${beforeId}::uuid`;
  return queries.rows(sql`
    select ${COLUMNS} from catalog.release r
    where r.marketplace_id = ${marketplaceId} and r.listing_id = ${listingId}::uuid ${continued}
    order by r.id desc limit ${limit}`);
}

/** The current release of a listing, null when it has none; undefined when there is no such listing. */
export async function findCurrentRelease(
  queries: Queries,
  marketplaceId: string,
  listingId: string,
): Promise<{ release: ReleaseRecord | null } | undefined> {
  const row = await queries.row<Omit<ReleaseRecord, 'id'> & { id: string | null }>(sql`
    select ${COLUMNS} from catalog.listing l
    left join catalog.release r on r.marketplace_id = l.marketplace_id and r.id = l.current_release_id
    where l.marketplace_id = ${marketplaceId} and l.id = ${listingId}::uuid`);
  if (row === undefined) return undefined;
  return { release: row.id === null ? null : { ...row, id: row.id } };
}

export function releaseView(release: ReleaseRecord, currentReleaseId: string | null): Release {
  return {
    id: idFromUuid('release', release.id),
    listingId: idFromUuid('listing', release.listingId),
    version: release.version,
    changelog: release.changelog,
    compatibility: release.compatibility,
    licenseOptions: release.licenseOptions,
    files: release.files.map(({ filename, contentType, sizeBytes }) => ({ filename, contentType, sizeBytes })),
    isCurrent: release.id === currentReleaseId,
    createdTime: release.createdTime.toISOString(),
  };
}
