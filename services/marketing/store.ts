import { idFromUuid, uuidFromId } from '@plaza/kernel';
import { type Queries, type Sql, sql } from '@plaza/runtime';
import type { Coupon, CouponReduction, CouponScope } from './contract.ts';

type CouponRow = {
  id: string;
  code: string;
  title: string;
  store_id: string | null;
  reduction: CouponReduction;
  scope: CouponScope;
  subtotal_min_minor: number;
  start_time: Date | null;
  end_time: Date | null;
  uses_max: number | null;
  uses_per_member_max: number | null;
  uses: number;
  state: Coupon['state'];
  version: number;
  created_time: Date;
};

const columns = sql`id, code, title, store_id, reduction, scope, subtotal_min_minor, start_time, end_time, uses_max,
  uses_per_member_max, uses, state, version, created_time`;

function couponFrom(row: CouponRow): Coupon {
  return {
    id: idFromUuid('coupon', row.id),
    code: row.code,
    title: row.title,
    funder: row.store_id === null ? 'platform' : 'store',
    storeId: row.store_id === null ? null : idFromUuid('store', row.store_id),
    reduction: row.reduction,
    scope: row.scope,
    subtotalMinMinor: row.subtotal_min_minor,
    startTime: row.start_time?.toISOString() ?? null,
    endTime: row.end_time?.toISOString() ?? null,
    usesMax: row.uses_max,
    usesPerMemberMax: row.uses_per_member_max,
    uses: row.uses,
    state: row.state,
    version: row.version,
    createdTime: row.created_time.toISOString(),
  };
}

/** False when the code is taken. */
export async function insertCoupon(queries: Queries, marketplaceId: string, coupon: Coupon): Promise<boolean> {
  const inserted = await queries.execute(sql`
    insert into marketing.coupon (marketplace_id, id, code, title, store_id, reduction, scope, subtotal_min_minor,
      start_time, end_time, uses_max, uses_per_member_max, created_time)
    values (${marketplaceId}, ${uuidFromId(coupon.id)}, ${coupon.code}, ${coupon.title},
      ${coupon.storeId === null ? null : uuidFromId(coupon.storeId)}, ${JSON.stringify(coupon.reduction)},
      ${JSON.stringify(coupon.scope)}, ${coupon.subtotalMinMinor}, ${coupon.startTime}, ${coupon.endTime},
      ${coupon.usesMax}, ${coupon.usesPerMemberMax}, ${coupon.createdTime})
    on conflict on constraint coupon_code_unique do nothing`);
  return inserted === 1;
}

export async function findCoupon(queries: Queries, marketplaceId: string, id: string): Promise<Coupon | undefined> {
  const row = await queries.row<CouponRow>(sql`
    select ${columns} from marketing.coupon where marketplace_id = ${marketplaceId} and id = ${uuidFromId(id)}`);
  return row && couponFrom(row);
}

export async function findCoupons(queries: Queries, marketplaceId: string, ids: readonly string[]): Promise<Coupon[]> {
  const rows = await queries.rows<CouponRow>(sql`
    select ${columns} from marketing.coupon
    where marketplace_id = ${marketplaceId} and id = any(${ids.map(uuidFromId)}::uuid[])`);
  return rows.map(couponFrom);
}

/** Saves what may change, if nobody else did since `coupon` was read. */
export async function updateCoupon(queries: Queries, marketplaceId: string, coupon: Coupon): Promise<boolean> {
  const updated = await queries.execute(sql`
    update marketing.coupon set title = ${coupon.title}, scope = ${JSON.stringify(coupon.scope)},
      subtotal_min_minor = ${coupon.subtotalMinMinor}, start_time = ${coupon.startTime}, end_time = ${coupon.endTime},
      uses_max = ${coupon.usesMax}, uses_per_member_max = ${coupon.usesPerMemberMax}, state = ${coupon.state},
      version = version + 1
    where marketplace_id = ${marketplaceId} and id = ${uuidFromId(coupon.id)} and version = ${coupon.version}`);
  return updated === 1;
}

/** Newest first; ids are time-ordered. `storeId` null: the platform's. */
export async function listCoupons(
  queries: Queries,
  marketplaceId: string,
  page: { storeId: string | null; beforeId: string | null; limit: number },
): Promise<Coupon[]> {
  const owner: Sql = page.storeId === null ? sql`store_id is null` : sql`store_id = ${uuidFromId(page.storeId)}`;
  const before: Sql = page.beforeId === null ? sql`` : sql`and id < ${page.beforeId}`;
  const rows = await queries.rows<CouponRow>(sql`
    select ${columns} from marketing.coupon where marketplace_id = ${marketplaceId} and ${owner} ${before}
    order by id desc limit ${page.limit}`);
  return rows.map(couponFrom);
}

/** The coupons of these codes, and how often this member has used each. */
export async function findCouponsByCode(
  queries: Queries,
  marketplaceId: string,
  codes: readonly string[],
  memberId: string | undefined,
): Promise<(Coupon & { usesOfMember: number })[]> {
  const rows = await queries.rows<CouponRow & { member_uses: number }>(sql`
    select ${columns}, coalesce((select used.uses from marketing.coupon_member_use used
      where used.marketplace_id = coupon.marketplace_id and used.coupon_id = coupon.id
      and used.member_id = ${memberId === undefined ? null : uuidFromId(memberId)}), 0) as member_uses
    from marketing.coupon where marketplace_id = ${marketplaceId} and code = any(${codes})`);
  return rows.map((row) => ({ ...couponFrom(row), usesOfMember: row.member_uses }));
}

/** Notes that a checkout takes a use; false when it has it already. */
export async function insertRedemption(
  queries: Queries,
  marketplaceId: string,
  redemption: { checkoutId: string; couponId: string; memberId: string | undefined; now: Date },
): Promise<boolean> {
  const noted = await queries.execute(sql`
    insert into marketing.coupon_redemption as kept (marketplace_id, checkout_id, coupon_id, member_id, state, updated_time)
    values (${marketplaceId}, ${uuidFromId(redemption.checkoutId)}, ${uuidFromId(redemption.couponId)},
      ${redemption.memberId === undefined ? null : uuidFromId(redemption.memberId)}, 'redeemed', ${redemption.now})
    on conflict on constraint coupon_redemption_pkey do update
      set state = 'redeemed', member_id = excluded.member_id, updated_time = excluded.updated_time
      where kept.state = 'released'`);
  return noted === 1;
}

/** Counts one use, unless that would pass the limit or the coupon cannot be used now: check and write are one. */
export async function countUse(
  queries: Queries,
  marketplaceId: string,
  couponId: string,
  now: Date,
): Promise<{ code: string; usesPerMemberMax: number | null } | undefined> {
  const row = await queries.row<{ code: string; uses_per_member_max: number | null }>(sql`
    update marketing.coupon set uses = uses + 1
    where marketplace_id = ${marketplaceId} and id = ${uuidFromId(couponId)} and state = 'active'
      and (uses_max is null or uses < uses_max)
      and (start_time is null or start_time <= ${now}) and (end_time is null or end_time > ${now})
    returning code, uses_per_member_max`);
  return row && { code: row.code, usesPerMemberMax: row.uses_per_member_max };
}

/** Counts one use by a member, unless that would pass their limit. */
export async function countMemberUse(
  queries: Queries,
  marketplaceId: string,
  use: { couponId: string; memberId: string; usesMax: number },
): Promise<boolean> {
  const counted = await queries.execute(sql`
    insert into marketing.coupon_member_use as used (marketplace_id, coupon_id, member_id, uses)
    values (${marketplaceId}, ${uuidFromId(use.couponId)}, ${uuidFromId(use.memberId)}, 1)
    on conflict on constraint coupon_member_use_pkey do update set uses = used.uses + 1 where used.uses < ${use.usesMax}`);
  return counted === 1;
}

/** Gives back every use of a checkout, in one statement. Returns how many. */
export async function releaseRedemptions(
  queries: Queries,
  marketplaceId: string,
  checkoutId: string,
  now: Date,
): Promise<number> {
  const { released } = await queries.one<{ released: number }>(sql`
    with released as (
      update marketing.coupon_redemption set state = 'released', updated_time = ${now}
      where marketplace_id = ${marketplaceId} and checkout_id = ${uuidFromId(checkoutId)} and state = 'redeemed'
      returning coupon_id, member_id
    ), of_coupon as (
      update marketing.coupon set uses = uses - 1
      where marketplace_id = ${marketplaceId} and id in (select coupon_id from released)
    ), of_member as (
      update marketing.coupon_member_use used set uses = used.uses - 1 from released
      where used.marketplace_id = ${marketplaceId} and used.coupon_id = released.coupon_id
        and used.member_id = released.member_id and used.uses > 0
    )
    select count(*)::int as released from released`);
  return released;
}
