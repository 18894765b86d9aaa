import assert from 'node:assert/strict';
import { type Context, type Id, newId, type VerificationLevel } from '@plaza/kernel';
import { groupOf, type TestPayments } from './sale.ts';

type Options = { readonly verificationLevel?: VerificationLevel; readonly methodId?: string };

/** Shortcuts around one member's wallet: `amountMinor` is in it from the start. */
export async function walletOf(
  t: Pick<TestPayments, 'host' | 'payments' | 'service'>,
  amountMinor = 0,
  { verificationLevel = 3, methodId = 'simulated-card' }: Options = {},
) {
  const member = t.host.context({ verificationLevel });
  assert.ok(member.actor.kind === 'member');
  const { memberId } = member.actor;
  const topUp = (minor: number, token = 'pm_card_visa', caller: Context = member) =>
    t.payments.topUpWallet({ amount: { amountMinor: minor, currency: 'USD' }, payment: { methodId, token } }, caller);
  /** Pays a checkout: `walletMinor` from the wallet, the rest with a card; all of it from the wallet without a card. */
  const pay = (minor: number, rest?: { walletMinor: number; token?: string }, checkoutId = newId('checkout')) =>
    t.payments.createPayment(
      {
        checkoutId,
        amount: { amountMinor: minor, currency: 'USD' },
        returnUrl: 'http://bazaar.localhost:3000/back',
        payerMemberId: memberId,
        payerVerificationLevel: verificationLevel,
        ...(rest === undefined
          ? { method: { kind: 'wallet' } }
          : { method: { kind: 'card', token: rest.token ?? 'pm_card_visa' }, walletMinor: rest.walletMinor }),
      },
      t.service,
    );
  if (amountMinor > 0) assert.equal((await topUp(amountMinor)).state, 'captured');
  return {
    member,
    memberId,
    topUp,
    pay,
    get: () => t.payments.getWallet({}, member),
    available: async () => (await t.payments.getWallet({}, member)).availableMinor,
    /** Puts a captured payment into escrow of one store; answers the group. */
    hold: async (paymentId: Id<'payment'>, totalMinor: number) => {
      const group = groupOf({ totalMinor, commissionMinor: Math.floor(totalMinor / 10) });
      const orderId = newId('order');
      await t.payments.holdForOrder({ paymentId, orderId, groups: [group] }, t.service);
      return { ...group, orderId };
    },
    refund: (groupId: Id<'shipmentGroup'>, minor: number, to: 'source' | 'wallet' = 'source') =>
      t.payments.refundGroup(
        { refundId: newId('refund'), groupId, amountMinor: minor, reason: 'scratched', to },
        t.service,
      ),
  };
}
