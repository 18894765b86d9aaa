import { idFromUuid, type MemberId, uuidFromId } from '@plaza/kernel';
import { type Queries, sql, type Transaction } from '@plaza/runtime';
import type { Refused } from '../domain/settings.ts';

export type Setting = { readonly refused: Refused; readonly version: number };

/** Who never chose refuses nothing. */
const UNTOUCHED: Setting = { refused: new Set(), version: 0 };

export async function findSetting(queries: Queries, marketplaceId: string, memberId: MemberId): Promise<Setting> {
  const row = await queries.row<{ refused: string[]; version: number }>(sql`
    select refused, version from notifications.setting
    where marketplace_id = ${marketplaceId} and member_id = ${uuidFromId(memberId)}`);
  return row === undefined ? UNTOUCHED : { refused: new Set(row.refused), version: row.version };
}

/** What each of these members goes without; who is not in the answer refused nothing. */
export async function findRefused(tx: Transaction, memberIds: readonly MemberId[]): Promise<Map<string, Refused>> {
  if (memberIds.length === 0) return new Map();
  const rows = await tx.rows<{ member_id: string; refused: string[] }>(sql`
    select member_id, refused from notifications.setting
    where marketplace_id = ${tx.marketplaceId} and member_id = any(${memberIds.map(uuidFromId)}::uuid[])`);
  return new Map(rows.map(({ member_id, refused }) => [idFromUuid('member', member_id), new Set(refused)]));
}

/** False: somebody else changed it since `version` was read. */
export async function saveSetting(
  tx: Transaction,
  memberId: MemberId,
  { refused, version }: Setting,
): Promise<boolean> {
  const saved = await tx.execute(sql`
    insert into notifications.setting (marketplace_id, member_id, refused, version)
    values (${tx.marketplaceId}, ${uuidFromId(memberId)}, ${[...refused].sort()}, ${version + 1})
    on conflict (marketplace_id, member_id) do update set refused = excluded.refused, version = excluded.version
    where setting.version = ${version}`);
  return saved === 1;
}
