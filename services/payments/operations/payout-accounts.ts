import {
  type Context,
  type Currency,
  Currency as CurrencySchema,
  commonErrors,
  type Handler,
  type Handlers,
  idFromUuid,
  invalidInput,
  newUuid,
  requireConfirmed,
  uuidFromId,
} from '@plaza/kernel';
import { inTransaction, type Transaction } from '@plaza/runtime';
import { type BankAccountInput, paymentsContract } from '../contract.ts';
import { bankNameOf, numberOf } from '../domain/bank-account.ts';
import { isTestOf, TRIES_MAX } from '../domain/payout-account.ts';
import { payableKinds, routePayout } from '../domain/route-payout.ts';
import { errors } from '../errors.ts';
import { payoutAccountChanged } from '../events.ts';
import type { PayoutProvider } from '../provider/payout-provider.ts';
import { payoutAbilitiesOf } from '../provider/payout-registry.ts';
import { ProviderUnavailable } from '../provider/provider.ts';
import { screen } from '../provider/screening.ts';
import { SIMULATED_BANK } from '../provider/simulated-bank.ts';
import {
  findPayoutAccount,
  insertPayoutAccount,
  judgePayoutAccount,
  listAccountsToAccept,
  listPayoutAccounts,
  lockPayoutAccount,
  ownerOf,
  type PayoutAccountRow,
  payoutAccountFrom,
  replacePayoutAccount,
} from '../store/payout-account.ts';
import type { Dependencies } from './dependencies.ts';
import { isOwnMoney, requireOwner, requireOwnOwner } from './payout-owner.ts';

type PayoutAccounts = Pick<
  Handlers<typeof paymentsContract>,
  | 'listPayoutAccounts'
  | 'setPayoutAccount'
  | 'verifyPayoutAccount'
  | 'getSimulatedDeposits'
  | 'listPayoutAccountsToAccept'
  | 'acceptPayoutAccount'
>;

/** Where money goes: set by its owner, shown to be theirs, and then used. */
export function payoutAccounts(dependencies: Dependencies): PayoutAccounts {
  const { database, marketplaces, payoutProviders, clock, accountVault } = dependencies;
  const abilities = payoutAbilitiesOf(payoutProviders);
  const find = async (context: Context, id: string) => {
    const row = await findPayoutAccount(database.read(context.marketplaceId), context.marketplaceId, uuidFromId(id));
    return requireAccount(dependencies, context, row);
  };

  return {
    listPayoutAccounts: async ({ input, context }) => {
      const { marketplaceId } = context;
      const queries = database.read(marketplaceId);
      const owner = await requireOwner(queries, context, input);
      const rows = await listPayoutAccounts(queries, marketplaceId, owner);
      const { payout } = marketplaces.get(marketplaceId);
      const kinds = CurrencySchema.options.map((currency) => ({
        currency,
        kinds: payableKinds(payout, abilities, currency),
      }));
      return { items: rows.map(payoutAccountFrom), kinds };
    },
    setPayoutAccount: setPayoutAccount(dependencies),
    verifyPayoutAccount: async ({ input, context }) => {
      const found = await find(context, input.payoutAccountId);
      // Asked before the transaction, like every provider: it may take long to answer.
      const isReady = found.verification === 'provider' && (await isReadyAtProvider(dependencies, context, found));
      const verify = inTransaction(database, paymentsContract.verifyPayoutAccount, ({ tx }) =>
        settled(tx, found.id, async (account) => {
          if (account.state === 'verified') return account;
          if (account.state !== 'unverified') throw errors.PAYOUT_ACCOUNT_CLOSED({});
          if (account.verification !== 'deposits') {
            if (!isReady) throw errors.PAYOUT_ACCOUNT_PENDING({});
            return judge(tx, account, { state: 'verified', tries: account.tries, failureReason: null });
          }
          const isRight = isTestOf(accountVault.testAmounts(context.marketplaceId, account.id), requireAmounts(input));
          const tries = account.tries + (isRight ? 0 : 1);
          const failed = tries >= TRIES_MAX;
          const state = isRight ? 'verified' : failed ? 'failed' : 'unverified';
          return judge(tx, account, { state, tries, failureReason: failed ? 'test_amounts_wrong' : null });
        }),
      );
      const judged = await verify({ input, context });
      // Refused only now: the try that was wrong is counted, and must stay so.
      if (judged.state === 'verified') return judged;
      throw errors.TEST_AMOUNTS_WRONG({ triesLeft: judged.triesLeft });
    },
    getSimulatedDeposits: async ({ input, context }) => {
      const account = await find(context, input.payoutAccountId);
      if (providerFor(dependencies, context, account)?.name !== SIMULATED_BANK)
        throw errors.PAYOUT_ACCOUNT_NOT_FOUND({});
      const amountsMinor = [...accountVault.testAmounts(context.marketplaceId, account.id)];
      return { currency: account.currency, amountsMinor };
    },
    listPayoutAccountsToAccept: async ({ context: { marketplaceId } }) => {
      const rows = await listAccountsToAccept(database.read(marketplaceId), marketplaceId);
      return { items: rows.map(payoutAccountFrom) };
    },
    acceptPayoutAccount: inTransaction(database, paymentsContract.acceptPayoutAccount, ({ input, context, tx }) =>
      settled(tx, uuidFromId(input.payoutAccountId), async (account) => {
        const { actor } = context;
        const isOwn = actor.kind === 'member' && actor.memberId === idFromUuid('member', account.member_id);
        if (isOwn) throw errors.OWN_PAYOUT({});
        if (account.verification !== 'operator') throw errors.PAYOUT_ACCOUNT_NOT_FOUND({});
        if (account.state === 'verified') return account;
        if (account.state !== 'unverified') throw errors.PAYOUT_ACCOUNT_CLOSED({});
        const accepted = await judge(tx, account, { state: 'verified', tries: account.tries, failureReason: null });
        await auditOf(tx, context, 'payout_account.accepted', accepted);
        return accepted;
      }),
    ),
  };

  async function judge(
    tx: Transaction,
    account: PayoutAccountRow,
    judged: Omit<Parameters<typeof judgePayoutAccount>[2], 'time'>,
  ): Promise<PayoutAccountRow> {
    return (await judgePayoutAccount(tx, account.id, { ...judged, time: clock() })) ?? account;
  }
}

/**
 * The number is sealed before anything is written. The record of the idempotency key holds the account's fingerprint
 * in its place: a hash of an account number that anybody could compute would be the number.
 */
function setPayoutAccount(dependencies: Dependencies): Handler<typeof paymentsContract.setPayoutAccount> {
  const { database, marketplaces, clock, accountVault, screening } = dependencies;
  return async ({ input, context }) => {
    const { marketplaceId } = context;
    const { account, ...rest } = input;
    const owner = await requireOwnOwner(database.read(marketplaceId), context, input);
    if (context.actor.kind !== 'service') requireConfirmed(context, clock());
    const provider = providerFor(dependencies, context, { kind: account.kind, currency: input.currency });
    if (provider === undefined) throw errors.PAYOUT_ACCOUNT_KIND_UNSUPPORTED({ currency: input.currency });
    const screened = await screen(screening, input.holderName, clock());
    const fingerprint = accountVault.fingerprint(account);
    const set = inTransaction(database, paymentsContract.setPayoutAccount, async ({ tx }) => {
      const time = clock();
      const { replacedId, hadVerified } = await replacePayoutAccount(tx, owner, input.currency);
      const { accountChangeHours } = marketplaces.get(marketplaceId).payout;
      const id = newUuid();
      const made = await insertPayoutAccount(tx, {
        id,
        owner_kind: owner.kind,
        owner_id: owner.id,
        member_id: owner.memberId,
        currency: input.currency,
        kind: account.kind,
        bank_name: bankNameOf(account),
        holder_name: input.holderName,
        last4: numberOf(account).slice(-4),
        sealed: accountVault.seal(marketplaceId, id, account),
        fingerprint,
        verification: provider.abilities.verification,
        screening: screened,
        usable_time: hadVerified ? new Date(time.getTime() + accountChangeHours * 3_600_000) : time,
        created_time: time,
      });
      const isReachable = provider.canReach?.(account) ?? true;
      const row = isReachable ? made : await refused(tx, made, time);
      await announceChange(tx, row, hadVerified);
      const replaced = replacedId === undefined ? {} : { replaced: idFromUuid('payoutAccount', replacedId) };
      await auditOf(tx, context, 'payout_account.set', row, replaced);
      return payoutAccountFrom(row);
    });
    const known = { ...rest, account: { kind: account.kind, fingerprint } };
    return set({ input: known as unknown as typeof input, context });
  };

  async function refused(tx: Transaction, made: PayoutAccountRow, time: Date): Promise<PayoutAccountRow> {
    const judged = { state: 'failed', tries: 0, failureReason: 'deposits_refused', time } as const;
    return (await judgePayoutAccount(tx, made.id, judged)) ?? made;
  }
}

/** Who would pay to an account, whatever the amount; so also who tests it. */
function providerFor(
  { marketplaces, payoutProviders }: Dependencies,
  { marketplaceId }: Context,
  { kind, currency }: { readonly kind: BankAccountInput['kind']; readonly currency: Currency },
): PayoutProvider | undefined {
  const abilities = payoutAbilitiesOf(payoutProviders);
  const { provider, routes } = marketplaces.get(marketplaceId).payout;
  const anyAmount = { provider, routes: routes.map(({ fromMinor: _from, upToMinor: _upTo, ...route }) => route) };
  const name = routePayout(anyAmount, abilities, kind, { amountMinor: 0, currency });
  return name === undefined ? undefined : payoutProviders.get(name);
}

async function isReadyAtProvider(
  dependencies: Dependencies,
  context: Context,
  account: PayoutAccountRow,
): Promise<boolean> {
  const provider = providerFor(dependencies, context, account);
  const opened = dependencies.accountVault.open(context.marketplaceId, account.id, account.sealed);
  try {
    return (await provider?.isReady?.(context.marketplaceId, opened)) ?? false;
  } catch (error) {
    if (error instanceof ProviderUnavailable) throw commonErrors.UNAVAILABLE({}, { cause: error });
    throw error;
  }
}

/** A call without amounts is no try. @throws INVALID_INPUT */
function requireAmounts({
  amountsMinor,
}: {
  readonly amountsMinor?: readonly number[] | undefined;
}): readonly number[] {
  if (amountsMinor !== undefined) return amountsMinor;
  throw invalidInput([{ pointer: '/amountsMinor', code: 'required', detail: 'must be the two amounts that arrived' }]);
}

/** An account of the caller's; any other is as if it were not there. */
async function requireAccount(
  { database }: Dependencies,
  context: Context,
  row: PayoutAccountRow | undefined,
): Promise<PayoutAccountRow> {
  const isThere = row !== undefined && row.state !== 'replaced';
  if (isThere && (await isOwnMoney(database.read(context.marketplaceId), context, row))) return row;
  throw errors.PAYOUT_ACCOUNT_NOT_FOUND({});
}

/** Decides on an account that is locked meanwhile. */
async function settled(
  tx: Transaction,
  payoutAccountId: string,
  decide: (account: PayoutAccountRow) => Promise<PayoutAccountRow>,
) {
  const account = await lockPayoutAccount(tx, payoutAccountId);
  if (account === undefined || account.state === 'replaced') throw errors.PAYOUT_ACCOUNT_NOT_FOUND({});
  return payoutAccountFrom(await decide(account));
}

async function announceChange(tx: Transaction, row: PayoutAccountRow, isChange: boolean): Promise<void> {
  const payoutAccountId = idFromUuid('payoutAccount', row.id);
  await tx.announce(payoutAccountChanged, payoutAccountId, {
    payoutAccountId,
    ownerKind: row.owner_kind,
    memberId: idFromUuid('member', row.member_id),
    bankName: row.bank_name,
    last4: row.last4,
    isChange,
    usableTime: row.usable_time.toISOString(),
  });
}

/** No number, no name: the audit log is read by many, and for ever. */
async function auditOf(
  tx: Transaction,
  { actor }: Context,
  action: string,
  row: PayoutAccountRow,
  more: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  await tx.audit({
    action,
    subject: idFromUuid('payoutAccount', row.id),
    actor,
    details: { ...ownerOf(row), currency: row.currency, kind: row.kind, last4: row.last4, ...more },
  });
}
