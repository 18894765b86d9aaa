import { type Id, idFromUuid, pageFrom, timeAndIdOfCursor, uuidFromId } from '@plaza/kernel';
import { type Queries, sql } from '@plaza/runtime';
import type { License } from '../contract/license.ts';

export type LicenseRecord = License & {
  readonly groupId: Id<'shipmentGroup'>;
  readonly buyerMemberId: Id<'member'> | null;
};

type Row = {
  id: string;
  order_id: string;
  group_id: string;
  listing_id: string;
  listing_slug: string;
  title: string;
  image_url: string | null;
  store_name: string;
  code: string | null;
  quantity: number;
  key: string;
  buyer_member_id: string | null;
  state: 'active' | 'revoked';
  download_count: number;
  issued_time: Date;
};

function licenseFrom(row: Row): LicenseRecord {
  return {
    id: idFromUuid('license', row.id),
    key: row.key,
    orderId: idFromUuid('order', row.order_id),
    groupId: idFromUuid('shipmentGroup', row.group_id),
    listingId: idFromUuid('listing', row.listing_id),
    listingSlug: row.listing_slug,
    title: row.title,
    imageUrl: row.image_url,
    storeName: row.store_name,
    code: row.code,
    quantity: row.quantity,
    state: row.state,
    downloadCount: row.download_count,
    issuedTime: row.issued_time.toISOString(),
    buyerMemberId: row.buyer_member_id === null ? null : idFromUuid('member', row.buyer_member_id),
  };
}

export type NewLicense = Pick<
  LicenseRecord,
  | 'id'
  | 'key'
  | 'orderId'
  | 'groupId'
  | 'listingId'
  | 'listingSlug'
  | 'title'
  | 'imageUrl'
  | 'storeName'
  | 'code'
  | 'quantity'
  | 'buyerMemberId'
> & { readonly lineId: Id<'orderLine'> };

/** Issues licenses; a line that has one keeps it. */
export async function insertLicenses(
  queries: Queries,
  marketplaceId: string,
  licenses: readonly NewLicense[],
  now: Date,
): Promise<void> {
  const rows = licenses.map((license) => ({
    id: uuidFromId(license.id),
    order_id: uuidFromId(license.orderId),
    group_id: uuidFromId(license.groupId),
    line_id: uuidFromId(license.lineId),
    listing_id: uuidFromId(license.listingId),
    listing_slug: license.listingSlug,
    title: license.title,
    image_url: license.imageUrl,
    store_name: license.storeName,
    code: license.code,
    quantity: license.quantity,
    key: license.key,
    buyer_member_id: license.buyerMemberId === null ? null : uuidFromId(license.buyerMemberId),
  }));
  await queries.execute(sql`
    insert into orders.license (marketplace_id, id, order_id, group_id, line_id, listing_id, listing_slug, title, image_url, store_name, code, quantity, key, buyer_member_id, issued_time)
    select ${marketplaceId}, id, order_id, group_id, line_id, listing_id, listing_slug, title, image_url, store_name, code, quantity, key, buyer_member_id, ${now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as l(id uuid, order_id uuid, group_id uuid, line_id uuid, listing_id uuid, listing_slug text, title text,
      image_url text, store_name text, code text, quantity int, key text, buyer_member_id uuid)
    on conflict (marketplace_id, line_id) do nothing`);
}

export async function findLicense(
  queries: Queries,
  marketplaceId: string,
  licenseId: string,
): Promise<LicenseRecord | undefined> {
  const row = await queries.row<Row>(
    sql`select * from orders.license where marketplace_id = ${marketplaceId} and id = ${uuidFromId(licenseId)}`,
  );
  return row && licenseFrom(row);
}

export async function licensesOfOrder(
  queries: Queries,
  marketplaceId: string,
  orderId: string,
): Promise<LicenseRecord[]> {
  const rows = await queries.rows<Row>(
    sql`select * from orders.license where marketplace_id = ${marketplaceId} and order_id = ${uuidFromId(orderId)} order by id`,
  );
  return rows.map(licenseFrom);
}

export async function listLicenseRows(
  queries: Queries,
  marketplaceId: string,
  which: { buyerMemberId: string; cursor: string | undefined; limit: number },
): Promise<{ items: LicenseRecord[]; nextCursor: string | null }> {
  const [time, id] = timeAndIdOfCursor(which.cursor);
  const after = time === null ? sql`` : sql`and (issued_time, id) < (${time}::timestamptz, ${id}::uuid)`;
  const rows = await queries.rows<Row>(sql`
    select * from orders.license where marketplace_id = ${marketplaceId} and buyer_member_id = ${uuidFromId(which.buyerMemberId)} ${after}
    order by issued_time desc, id desc limit ${which.limit + 1}`);
  return pageFrom(rows, which.limit, (row) => [row.issued_time.toISOString(), row.id], licenseFrom);
}

export async function countDownload(queries: Queries, marketplaceId: string, licenseId: string): Promise<void> {
  await queries.execute(
    sql`update orders.license set download_count = download_count + 1 where marketplace_id = ${marketplaceId} and id = ${uuidFromId(licenseId)}`,
  );
}

export async function revokeLicenses(queries: Queries, marketplaceId: string, groupId: string): Promise<void> {
  await queries.execute(
    sql`update orders.license set state = 'revoked' where marketplace_id = ${marketplaceId} and group_id = ${uuidFromId(groupId)}`,
  );
}
