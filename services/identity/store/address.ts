import { type Id, idFromUuid, type MemberId, uuidFromId } from '@plaza/kernel';
import { type Queries, sql, type Transaction } from '@plaza/runtime';
import type { Address, PostalAddress } from '../contract.ts';

type Row = {
  id: string;
  recipient_name: string;
  phone: string;
  line1: string;
  line2: string | null;
  city: string;
  region: string;
  postal_code: string;
  country_code: string;
  is_default: boolean;
  version: number;
};

function addressFrom(row: Row): Address {
  return {
    id: idFromUuid('address', row.id),
    recipientName: row.recipient_name,
    phone: row.phone,
    line1: row.line1,
    ...(row.line2 === null ? {} : { line2: row.line2 }),
    city: row.city,
    region: row.region,
    postalCode: row.postal_code,
    countryCode: row.country_code,
    isDefault: row.is_default,
    version: row.version,
  };
}

/** A member's addresses, the default first, then the newest. */
export async function listAddresses(queries: Queries, marketplaceId: string, memberId: MemberId): Promise<Address[]> {
  const rows = await queries.rows<Row>(sql`
    select * from identity.address where marketplace_id = ${marketplaceId} and member_id = ${uuidFromId(memberId)}
    order by is_default desc, id desc`);
  return rows.map(addressFrom);
}

/** One of the member's own addresses: of others', the answer is that there is none. */
export async function findAddress(
  queries: Queries,
  marketplaceId: string,
  memberId: MemberId,
  addressId: string,
): Promise<Address | undefined> {
  const row = await queries.row<Row>(sql`
    select * from identity.address
    where marketplace_id = ${marketplaceId} and id = ${uuidFromId(addressId)} and member_id = ${uuidFromId(memberId)}`);
  return row && addressFrom(row);
}

/** Holds the member's row, so that changes to one address book come one after the other. */
export async function lockAddressBook(tx: Transaction, memberId: MemberId): Promise<boolean> {
  const row = await tx.row(sql`
    select 1 from identity.member where marketplace_id = ${tx.marketplaceId} and id = ${uuidFromId(memberId)} for update`);
  return row !== undefined;
}

export async function clearDefault(tx: Transaction, memberId: MemberId): Promise<void> {
  await tx.execute(sql`
    update identity.address set is_default = false, version = version + 1
    where marketplace_id = ${tx.marketplaceId} and member_id = ${uuidFromId(memberId)} and is_default`);
}

export async function insertAddress(
  tx: Transaction,
  memberId: MemberId,
  id: Id<'address'>,
  address: PostalAddress & { isDefault: boolean },
): Promise<Address> {
  return addressFrom(
    await tx.one<Row>(sql`
      insert into identity.address (marketplace_id, id, member_id, recipient_name, phone, line1, line2, city, region,
        postal_code, country_code, is_default)
      values (${tx.marketplaceId}, ${uuidFromId(id)}, ${uuidFromId(memberId)}, ${address.recipientName}, ${address.phone},
        ${address.line1}, ${address.line2 ?? null}, ${address.city}, ${address.region}, ${address.postalCode},
        ${address.countryCode}, ${address.isDefault})
      returning *`),
  );
}

export async function saveAddress(tx: Transaction, address: Address): Promise<Address> {
  return addressFrom(
    await tx.one<Row>(sql`
      update identity.address set recipient_name = ${address.recipientName}, phone = ${address.phone},
        line1 = ${address.line1}, line2 = ${address.line2 ?? null}, city = ${address.city}, region = ${address.region},
        postal_code = ${address.postalCode}, country_code = ${address.countryCode}, is_default = ${address.isDefault},
        version = version + 1
      where marketplace_id = ${tx.marketplaceId} and id = ${uuidFromId(address.id)} returning *`),
  );
}

/** Removes an address; when it was the default, the newest left becomes it. False when it is not the member's. */
export async function deleteAddress(tx: Transaction, memberId: MemberId, addressId: string): Promise<boolean> {
  const gone = await tx.row<{ is_default: boolean }>(sql`
    delete from identity.address where marketplace_id = ${tx.marketplaceId} and id = ${uuidFromId(addressId)}
      and member_id = ${uuidFromId(memberId)} returning is_default`);
  if (gone === undefined) return false;
  if (gone.is_default) {
    await tx.execute(sql`
      update identity.address set is_default = true, version = version + 1
      where marketplace_id = ${tx.marketplaceId} and id = (
        select id from identity.address where marketplace_id = ${tx.marketplaceId} and member_id = ${uuidFromId(memberId)}
        order by id desc limit 1)`);
  }
  return true;
}
