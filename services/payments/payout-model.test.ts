import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Fault, type Id, newId } from '@plaza/kernel';
import { sql } from '@plaza/runtime';
import fc from 'fast-check';
import type { HoldGroup } from './contract.ts';
import { payingOutAtOnce } from './testing/payout-account.ts';
import { groupOf, sellerOf, startPayments, type TestPayments } from './testing/sale.ts';
import { StripeServer, stripeEnvironment } from './testing/stripe-host.ts';

type Step =
  | { readonly kind: 'earn' | 'schedule' | 'change' | 'time' | 'timers' | 'crash' }
  | { readonly kind: 'request' | 'clawBack'; readonly amount: number }
  | { readonly kind: 'cancel' | 'approve' | 'reject' | 'retry'; readonly pick: number }
  | { readonly kind: 'trouble'; readonly how: 'lost' | 'lostAfter' | 'error' | 'errorAfter' | 'empty' };

const amount = fc.integer({ min: 1, max: 9_500 });
const pick = fc.nat(9);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constantFrom('earn', 'time', 'timers', 'schedule', 'change', 'crash') }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('request', 'clawBack'), amount }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('cancel', 'approve', 'reject', 'retry'), pick }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('trouble' as const),
      how: fc.constantFrom('lost', 'lostAfter', 'error', 'errorAfter', 'empty'),
    }),
  },
) as fc.Arbitrary<Step>;

/** A refusal is an answer; anything else is a mistake. */
async function orRefused<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Fault && error.code !== 'INTERNAL') return undefined;
    throw error;
  }
}

type World = {
  readonly t: TestPayments;
  readonly stripe: StripeServer;
  readonly storeId: Id<'store'>;
  readonly groups: HoldGroup[];
};

async function take(world: World, taken: Step): Promise<void> {
  const { t, stripe, storeId, groups } = world;
  const group = groups[0] ?? (await earn(world));
  const seller = sellerOf(t.host, group);
  const owner = { ownerKind: 'store', ownerId: storeId, currency: 'USD' } as const;
  const admin = t.host.context({ roles: ['admin'] });
  switch (taken.kind) {
    case 'earn':
      return void (await earn(world));
    case 'request':
      return void (await orRefused(
        t.payments.requestPayout({ storeId, amount: { amountMinor: taken.amount, currency: 'USD' } }, seller),
      ));
    case 'schedule':
      return void (await t.payments.setPayoutSchedule({ ...owner, cadence: 'daily' }, seller));
    case 'change':
      return void (await connect(world, group));
    case 'time':
      return t.host.advance({ hours: 25 });
    case 'timers':
      // Two processes whose leases both say that it is their turn.
      return void (await Promise.all([t.host.runTimers('bazaar'), t.host.runTimers('bazaar')]));
    case 'crash':
      return crash(t);
    case 'clawBack': {
      const sold = groups.at(-1) ?? group;
      const refund = {
        refundId: newId('refund'),
        groupId: sold.groupId,
        amountMinor: taken.amount,
        reason: 'scratched',
      };
      await orRefused(t.payments.refundGroup(refund, t.service));
      return;
    }
    case 'cancel':
    case 'approve':
    case 'reject':
    case 'retry': {
      const { items } = await t.payments.listPayouts({ storeId, limit: 100 }, seller);
      const payoutId = items[taken.pick % Math.max(items.length, 1)]?.id;
      if (payoutId === undefined) return;
      if (taken.kind === 'cancel') await orRefused(t.payments.cancelPayout({ payoutId }, seller));
      if (taken.kind === 'approve') await orRefused(t.payments.approvePayout({ payoutId }, admin));
      if (taken.kind === 'reject') await orRefused(t.payments.rejectPayout({ payoutId, reason: 'no' }, admin));
      if (taken.kind === 'retry') await orRefused(t.payments.retryPayout({ payoutId }, admin));
      return;
    }
    case 'trouble':
      if (taken.how === 'empty') stripe.balanceMinor = 0;
      else stripe.fail(/transfers$/, taken.how, 2);
      return;
    default:
      return taken satisfies never;
  }
}

async function earn(world: World): Promise<HoldGroup> {
  const { t, storeId, groups } = world;
  const group = groupOf({ storeId, sellerMemberId: groups[0]?.sellerMemberId ?? newId('member') });
  await t.hold([group]);
  await t.payments.releaseHold(group, t.service);
  groups.push(group);
  if (groups.length === 1) await connect(world, group);
  return group;
}

async function connect({ t, stripe }: World, group: HoldGroup): Promise<void> {
  const accountId = `acct_complete${stripe.connected.size}000`;
  stripe.connected.set(accountId, true);
  const owner = t.host.context({ memberId: group.sellerMemberId, roles: ['seller'], isConfirmed: true });
  const of = { ownerKind: 'store', ownerId: group.storeId, currency: 'USD', holderName: 'Ann Maker' } as const;
  const account = { kind: 'stripe_connect', accountId } as const;
  const { id: payoutAccountId } = await t.payments.setPayoutAccount({ ...of, account }, owner);
  await t.payments.verifyPayoutAccount({ payoutAccountId }, owner);
}

/** The process died while it handed a batch over: nobody renews its lease, and another takes the batch up. */
async function crash(t: TestPayments): Promise<void> {
  const queries = t.host.database('payments').read('bazaar');
  await queries.execute(sql`update payments.payout_batch set next_send_time = ${t.host.now()} where state = 'created'`);
}

/** What Stripe has of ours, by payout. */
function arrived(stripe: StripeServer): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { transfer_group: payoutId, amount: minor } of stripe.transfers)
    sums.set(payoutId, (sums.get(payoutId) ?? 0) + minor);
  return sums;
}

/** Fails for want of our balance at Stripe, is clawed back for the most part, and arrives as what is left, at the third try. */
const CLAWED_BACK: Step[] = [
  { kind: 'request', amount: 5_000 },
  { kind: 'trouble', how: 'empty' },
  { kind: 'timers' },
  { kind: 'clawBack', amount: 9_000 },
  { kind: 'time' },
  { kind: 'timers' },
];
/** Is made by Stripe without our hearing of it; the account changes meanwhile; another takes the batch up. */
const LOST_AND_CHANGED: Step[] = [
  { kind: 'request', amount: 5_000 },
  { kind: 'trouble', how: 'lostAfter' },
  { kind: 'timers' },
  { kind: 'change' },
  { kind: 'crash' },
  { kind: 'timers' },
];

test('in any order, with answers lost and timers twice, every payout arrives once and the books agree', async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 18 }), async (steps) => {
      await using stripe = await StripeServer.start();
      await using t = await startPayments('local', {
        environment: stripeEnvironment(stripe.url),
        marketplaces: (shipped) => {
          const atOnce = payingOutAtOnce(shipped);
          const connected = payingOutAtOnce(shipped, {
            routes: [{ provider: 'stripe-connect' }],
            approval: { fromMinor: 7_000, firstPayouts: 0 },
          });
          const choose = (id: string) => (id === 'bazaar' ? connected : atOnce).get(id);
          return { ...shipped, get: choose, list: () => shipped.list().map(({ id }) => choose(id)) };
        },
      });
      const world: World = { t, stripe, storeId: newId('store'), groups: [] };
      await take(world, { kind: 'earn' });
      for (const each of steps) {
        await take(world, each);
        assert.deepEqual(await t.mismatches(), []);
      }
      // The network and the balance come back: nothing stays in doubt.
      stripe.heal();
      for (let hours = 0; hours < 3; hours++) {
        await t.host.runTimers('bazaar');
        stripe.deliverLate();
        stripe.forgetKeys();
        t.host.advance({ hours: 2 });
      }
      const seller = sellerOf(t.host, world.groups[0] as HoldGroup);
      const { items } = await t.payments.listPayouts({ storeId: world.storeId, limit: 100 }, seller);
      const paid = new Map(
        items
          .filter(({ state }) => state === 'paid')
          .map(({ id, amount: { amountMinor } }) => [id as string, amountMinor]),
      );
      assert.deepEqual(new Map([...arrived(stripe)].sort()), new Map([...paid].sort()));
      assert.ok(items.every(({ state }) => state !== 'sending'));
      for (const { state, attempt } of items) seen.add(`${state} ${attempt}`);
      const retried = items.flatMap(({ retryOf }) => (retryOf === null ? [] : [retryOf]));
      assert.equal(new Set(retried).size, retried.length, 'a payout is tried again by one other');
      assert.deepEqual(await t.mismatches(), []);
    }),
    { numRuns: 12, examples: [[CLAWED_BACK], [LOST_AND_CHANGED]] },
  );
  for (const each of ['paid 1', 'failed 1', 'failed 2', 'paid 3']) assert.ok(seen.has(each), `some payout is ${each}`);
});
