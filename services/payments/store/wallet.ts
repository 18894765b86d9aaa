import { type Currency, idFromUuid, pageFrom } from '@plaza/kernel';
import { type Queries, sql, type Transaction } from '@plaza/runtime';
import type { WalletMovement } from '../contract.ts';
import { accountUuid } from '../domain/account.ts';
import { DAY_HOURS, type Usage } from '../domain/wallet.ts';
import { versionOfCursor } from './cursor.ts';

export type WalletRow = {
  state: 'active' | 'frozen';
  frozen_reason: string | null;
  frozen_time: Date | null;
};

const COLUMNS = sql`state, frozen_reason, frozen_time`;

/** What is said of a member's wallet, made if it is new, locked until the transaction ends: who counts a limit holds this. */
export async function lockWallet(tx: Transaction, memberId: string, now: Date): Promise<WalletRow> {
  return tx.one<WalletRow>(sql`
    insert into payments.wallet (marketplace_id, member_id, created_time) values (${tx.marketplaceId}, ${memberId}, ${now})
    on conflict (marketplace_id, member_id) do update set member_id = excluded.member_id returning ${COLUMNS}`);
}

/** The same without lock; a wallet that nothing was said of yet is active. */
export async function readWallet(queries: Queries, marketplaceId: string, memberId: string): Promise<WalletRow> {
  const row = await queries.row<WalletRow>(
    sql`select ${COLUMNS} from payments.wallet where marketplace_id = ${marketplaceId} and member_id = ${memberId}`,
  );
  return row ?? { state: 'active', frozen_reason: null, frozen_time: null };
}

/** Whether a member of this marketplace ever had a wallet: money was in it, or was asked for. */
export async function hasWallet(
  queries: Queries,
  marketplaceId: string,
  memberId: string,
  currency: Currency,
): Promise<boolean> {
  const accountId = accountUuid(marketplaceId, currency, { purpose: 'wallet', ownerId: memberId });
  const { is_there } = await queries.one<{ is_there: boolean }>(sql`
    select exists (select from payments.wallet where marketplace_id = ${marketplaceId} and member_id = ${memberId})
      or exists (select from payments.account where id = ${accountId}) as is_there`);
  return is_there;
}

/** Puts a locked wallet on hold for a reason, or lifts that (null). */
export async function saveWalletHold(
  tx: Transaction,
  memberId: string,
  hold: { reason: string; time: Date } | null,
): Promise<WalletRow> {
  return tx.one<WalletRow>(sql`
    update payments.wallet set state = ${hold === null ? 'active' : 'frozen'}, frozen_reason = ${hold?.reason ?? null},
      frozen_time = ${hold?.time ?? null}
    where marketplace_id = ${tx.marketplaceId} and member_id = ${memberId} returning ${COLUMNS}`);
}

/** What a wallet holds, in minor units. */
type WalletBalance = {
  readonly availableMinor: number;
  /** Kept back for payments that are not decided. */
  readonly reservedMinor: number;
  readonly owedMinor: number;
};

export async function readWalletBalance(
  queries: Queries,
  marketplaceId: string,
  memberId: string,
  currency: Currency,
): Promise<WalletBalance> {
  const of = (purpose: 'wallet' | 'wallet_debt') =>
    accountUuid(marketplaceId, currency, { purpose, ownerId: memberId });
  const row = await queries.one<{ available: number; reserved: number; owed: number }>(sql`
    select coalesce(sum(balance_minor - pending_out_minor) filter (where account_id = ${of('wallet')}), 0)::bigint as available,
      coalesce(sum(pending_out_minor) filter (where account_id = ${of('wallet')}), 0)::bigint as reserved,
      coalesce(-sum(balance_minor) filter (where account_id = ${of('wallet_debt')}), 0)::bigint as owed
    from payments.balance where account_id in (${of('wallet')}, ${of('wallet_debt')})`);
  return { availableMinor: row.available, reservedMinor: row.reserved, owedMinor: row.owed };
}

/** What moved in the last day and counts against limits; and of top-ups, whenever begun, what is still to come. */
export async function readWalletUsage(
  queries: Queries,
  marketplaceId: string,
  memberId: string,
  now: Date,
): Promise<Usage & { readonly comingMinor: number }> {
  const since = new Date(now.getTime() - DAY_HOURS * 3_600_000);
  const row = await queries.one<{ topped_up: number; paid: number; coming: number; withdrawn: number }>(sql`
    select coalesce(sum(amount_minor) filter (where purpose = 'top-up' and created_time > ${since}), 0)::bigint as topped_up,
      coalesce(sum(wallet_minor) filter (where created_time > ${since}), 0)::bigint as paid,
      coalesce(sum(amount_minor) filter (where purpose = 'top-up' and captured_time is null), 0)::bigint as coming,
      (select coalesce(sum(amount_minor), 0)::bigint from payments.payout
        where marketplace_id = ${marketplaceId} and owner_kind = 'member' and owner_id = ${memberId} and created_time > ${since}
          and state not in ('failed', 'canceled')) as withdrawn
    from payments.payment
    where marketplace_id = ${marketplaceId} and payer_member_id = ${memberId} and (wallet_minor > 0 or purpose = 'top-up')
      and state not in ('declined', 'canceled') and (created_time > ${since} or captured_time is null)`);
  return {
    toppedUpMinor: row.topped_up,
    paidMinor: row.paid,
    withdrawnMinor: row.withdrawn,
    comingMinor: row.coming,
  };
}

type MovementRow = {
  version: number;
  id: string;
  kind: string;
  payment_id: string | null;
  order_id: string | null;
  amount_minor: number;
  balance_after_minor: number;
  created_time: Date;
};

/** The history of a wallet, newest first; a payment says which order it became. */
export async function listWalletMovements(
  queries: Queries,
  marketplaceId: string,
  filter: { memberId: string; currency: Currency; limit: number; cursor?: string | undefined },
): Promise<{ items: WalletMovement[]; nextCursor: string | null }> {
  const { memberId, currency, limit, cursor } = filter;
  const rows = await queries.rows<MovementRow>(sql`
    select e.version, t.id, t.kind, t.payment_id, coalesce(t.order_id, p.order_id) as order_id, e.amount_minor,
      e.balance_after_minor, t.created_time
    from payments.entry e
    join payments.transfer t on t.marketplace_id = e.marketplace_id and t.id = e.transfer_id
    left join payments.payment p on p.marketplace_id = t.marketplace_id and p.id = t.payment_id
    where e.account_id = ${accountUuid(marketplaceId, currency, { purpose: 'wallet', ownerId: memberId })} and e.stripe = 0
      and e.version < ${versionOfCursor(cursor)}
    order by e.version desc limit ${limit + 1}`);
  return pageFrom(
    rows,
    limit,
    (row) => [row.version],
    (row) => ({
      transferId: idFromUuid('transfer', row.id),
      kind: row.kind,
      paymentId: row.payment_id === null ? null : idFromUuid('payment', row.payment_id),
      orderId: row.order_id === null ? null : idFromUuid('order', row.order_id),
      amount: { amountMinor: row.amount_minor, currency },
      balanceAfterMinor: row.balance_after_minor,
      createdTime: row.created_time.toISOString(),
    }),
  );
}
