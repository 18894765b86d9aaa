import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { newId } from '@plaza/kernel';
import { sql } from '@plaza/runtime';
import { BINDINGS } from '@plaza/runtime/testing';
import pg from 'pg';
import { createEvmProvider } from './provider/evm.ts';
import { coinSettings } from './provider/evm-settings.ts';
import { coinEnvironment, depositAccount, startChain, type TestChain } from './testing/evm-chain.ts';
import { startPayments } from './testing/sale.ts';
import { withPaymentMethods } from './testing/stripe-host.ts';

/** A dollar in units of the token, which has six decimals. */
const DOLLAR = 1_000_000n;
const COIN = { id: 'coin', label: { en: 'Stable-coin' }, provider: 'evm', kind: 'crypto' } as const;

let chain: TestChain;
let accounts = 0;
before(async () => {
  chain = await startChain();
});
after(() => chain?.[Symbol.asyncDispose]());

/** A payments service whose Bazaar takes the token of the chain, and a payment of 100 dollars that waits for it. */
async function startCoins(binding: 'local' | 'remote' = 'local') {
  const account = ++accounts;
  const running = await startPayments(binding, {
    environment: coinEnvironment(chain, account),
    marketplaces: (shipped) => withPaymentMethods(shipped, 'bazaar', [{ ...COIN, routes: [] }]),
  });
  const { payments, service, host } = running;
  const begin = (more: { payerMemberId?: ReturnType<typeof newId<'member'>> } = {}) =>
    payments.createPayment(
      {
        checkoutId: newId('checkout'),
        amount: { amountMinor: 10_000, currency: 'USD' },
        method: { kind: 'crypto' },
        returnUrl: 'http://bazaar.localhost:3000/en/checkout/1',
        ...more,
      },
      service,
    );
  const payment = await begin();
  const paymentId = payment.id;
  const show = () => payments.getCoinInstructions({ paymentId }, host.guest());
  const { address } = await show();
  return {
    ...running,
    account,
    begin,
    payment,
    paymentId,
    address,
    show,
    admin: host.context({ roles: ['admin'] }),
    guest: host.guest(),
    state: async () => (await payments.getPayment({ paymentId }, service)).state,
    /** Mines so many blocks, then looks. */
    look: async (blocks = 0) => {
      if (blocks > 0) await chain.mine(blocks);
      await host.runTimers();
    },
    owed: async () => (await payments.listCoinPaybacks({}, host.context({ roles: ['admin'] }))).items,
    balance: async (purpose: string) => {
      const { lines } = await payments.getTrialBalance({}, service);
      return lines.find((line) => line.purpose === purpose)?.balanceMinor ?? 0;
    },
    announced: async (type: string) => {
      const rows = await host
        .database('payments')
        .read('bazaar')
        .rows<{ data: Record<string, unknown> }>(
          sql`select envelope -> 'data' as data from payments.outbox where envelope ->> 'type' = ${type} order by id`,
        );
      return rows.map(({ data }) => data);
    },
  };
}

for (const binding of BINDINGS) {
  test(`a payment has an address of the operator's wallet, and is captured once its transfer is confirmed, ${binding}`, async () => {
    await using t = await startCoins(binding);
    assert.deepEqual(
      [t.payment.state, t.payment.actionUrl],
      ['requires_action', `http://bazaar.localhost:3000/pay/coin/${t.paymentId}`],
    );
    assert.equal(t.address, depositAccount(t.account).addressOf(0));
    const shown = await t.show();
    assert.equal(
      shown.paymentUri,
      `ethereum:${chain.tokenAddress}@31337/transfer?address=${t.address}&uint256=100000000`,
    );
    assert.deepEqual([shown.network.isTest, shown.dueAmount, shown.missingAmount], [true, '100', '100']);

    const transactionHash = await chain.pay(t.address, 100n * DOLLAR);
    await t.look();
    const { transfers, missingAmount } = await t.show();
    assert.deepEqual(
      transfers.map((each) => [each.transactionHash, each.coinAmount, each.confirmations, each.isConfirmed]),
      [[transactionHash, '100', 1, false]],
    );
    assert.equal(missingAmount, null);
    await t.look(1);
    assert.equal(await t.state(), 'requires_action');
    await t.look(1);
    assert.equal(await t.state(), 'captured');
    await t.look(3);
    assert.deepEqual(await t.mismatches(), []);
    assert.equal((await t.announced('payment.captured')).length, 1);
    assert.deepEqual(await t.owed(), []);
  });
}

test('no two payments have one address, also after the first was forgotten by the browser', async () => {
  await using t = await startCoins();
  const others = await Promise.all([t.begin(), t.begin(), t.begin()]);
  const shown = await Promise.all(others.map(({ id }) => t.payments.getCoinInstructions({ paymentId: id }, t.guest)));
  const addresses = [t.address, ...shown.map(({ address }) => address)];
  assert.equal(new Set(addresses).size, 4);
  const { addressOf } = depositAccount(t.account);
  assert.deepEqual([...addresses].sort(), [0, 1, 2, 3].map(addressOf).sort());
});

describe('what comes in other amounts', () => {
  test('in two parts pays; the rest is owed to the buyer to the last unit, and is theirs once it is proven to be sent', async () => {
    await using t = await startCoins();
    await chain.pay(t.address, 60n * DOLLAR);
    await t.look(3);
    const under = await t.show();
    assert.deepEqual([under.state, under.missingAmount], ['requires_action', '40']);
    assert.ok(under.paymentUri.endsWith('uint256=40000000'));

    // 1.50 too much, and less than a cent besides.
    await chain.pay(t.address, 41n * DOLLAR + 500_005n);
    await t.look(3);
    assert.equal(await t.state(), 'captured');
    assert.deepEqual([await t.balance('buyer_surplus'), await t.balance('buyer_funds')], [150, 10_000]);
    assert.deepEqual(await t.mismatches(), []);
    const [owed, ...more] = await t.owed();
    assert.ok(owed !== undefined && more.length === 0);
    assert.deepEqual([owed.kind, owed.coinAmount, owed.address], ['surplus', '1.5', null]);

    const { id: paybackId } = owed;
    const prove = (transactionHash: string) => t.payments.confirmCoinPayback({ paybackId, transactionHash }, t.admin);
    const refused = async (transactionHash: string, problem: string) =>
      assert.rejects(prove(transactionHash), (error: { code?: string; data?: { problem?: string } }) => {
        assert.deepEqual([error.code, error.data?.problem], ['PAYBACK_UNPROVEN', problem]);
        return true;
      });
    await refused(`0x${'1'.repeat(64)}`, 'no_address');
    const giveAddress = (address: string, context = t.guest) =>
      t.payments.setPaybackAddress({ paymentId: t.paymentId, address }, context);
    for (const wrong of ['0x12', chain.buyerAddress.replace('f39F', 'f39f'), t.address, chain.tokenAddress]) {
      await assert.rejects(giveAddress(wrong), { code: 'COIN_ADDRESS_INVALID' });
    }
    await giveAddress(chain.buyerAddress);
    await assert.rejects(giveAddress(depositAccount(99).addressOf(0)), { code: 'PAYBACK_ADDRESS_GIVEN' });

    await refused(`0x${'1'.repeat(64)}`, 'not_found');
    await refused(await chain.payBack(chain.buyerAddress, 1_400_000n), 'other_transfer');
    const sent = await chain.payBack(chain.buyerAddress, 1_500_000n);
    await refused(sent, 'unconfirmed');
    await chain.mine(2);
    const seller = t.host.context({ roles: ['seller'] });
    const bySeller = t.payments.confirmCoinPayback({ paybackId, transactionHash: sent }, seller);
    await assert.rejects(bySeller, { code: 'FORBIDDEN' });
    assert.equal((await prove(sent)).state, 'sent');
    assert.equal((await prove(sent)).transactionHash, sent);
    assert.deepEqual([await t.balance('buyer_surplus'), await t.balance('provider_clearing')], [0, -10_000]);
    assert.deepEqual(await t.mismatches(), []);
    assert.deepEqual(await t.owed(), []);
  });

  test('too little until the time is over is owed back; the whole that comes later counts, and its refund waits for proof', async () => {
    await using t = await startCoins();
    await chain.pay(t.address, 99n * DOLLAR);
    await t.look(3);
    assert.equal((await t.payments.cancelPayment({ paymentId: t.paymentId }, t.service)).state, 'canceled');
    await t.look();
    assert.deepEqual(
      (await t.owed()).map(({ coinAmount }) => coinAmount),
      ['99'],
    );
    assert.equal(await t.state(), 'canceled');

    await chain.pay(t.address, 100n * DOLLAR);
    await t.look(3);
    assert.equal(await t.state(), 'captured');
    assert.deepEqual(await t.mismatches(), []);
    const refunded = await t.payments.refundPayment({ paymentId: t.paymentId, reason: 'too late' }, t.service);
    assert.equal(refunded.state, 'refunded');
    await t.look();
    const [refund] = await t.owed();
    assert.ok(refund !== undefined);
    assert.deepEqual([refund.kind, refund.coinAmount], ['refund', '100']);
    const stateOfRefund = async () => {
      const queries = t.host.database('payments').read('bazaar');
      return (await queries.one<{ state: string }>(sql`select state from payments.refund`)).state;
    };
    assert.equal(await stateOfRefund(), 'pending');
    await t.payments.setPaybackAddress({ paymentId: t.paymentId, address: chain.buyerAddress }, t.guest);
    const sent = await chain.payBack(chain.buyerAddress, 100n * DOLLAR);
    await chain.mine(2);
    await t.payments.confirmCoinPayback({ paybackId: refund.id, transactionHash: sent }, t.admin);
    assert.equal(await stateOfRefund(), 'succeeded');
    assert.deepEqual(await t.mismatches(), []);
  });

  test('one transfer back pays one debt, however alike two are', async () => {
    await using t = await startCoins();
    await chain.pay(t.address, 105n * DOLLAR);
    await t.look(3);
    await chain.pay(t.address, 5n * DOLLAR);
    await t.look(3);
    const [second, first] = await t.owed();
    assert.ok(first !== undefined && second !== undefined);
    await t.payments.setPaybackAddress({ paymentId: t.paymentId, address: chain.buyerAddress }, t.guest);
    const transactionHash = await chain.payBack(chain.buyerAddress, 5n * DOLLAR);
    await chain.mine(2);
    await t.payments.confirmCoinPayback({ paybackId: first.id, transactionHash }, t.admin);
    const again = t.payments.confirmCoinPayback({ paybackId: second.id, transactionHash }, t.admin);
    await assert.rejects(again, { code: 'PAYBACK_UNPROVEN' });
  });

  test('enough that is on its way when the time is over is waited for', async () => {
    await using t = await startCoins();
    await chain.pay(t.address, 100n * DOLLAR);
    await t.look();
    assert.equal((await t.payments.cancelPayment({ paymentId: t.paymentId }, t.service)).state, 'pending');
    await t.look(2);
    assert.equal(await t.state(), 'captured');
  });
});

describe('a chain that changes its mind', () => {
  test('before the confirmation un-sees the transfer; the buyer pays again', async () => {
    await using t = await startCoins();
    await chain.mine(2);
    await chain.pay(t.address, 100n * DOLLAR);
    await t.look(1);
    assert.equal((await t.show()).transfers.length, 1);
    await chain.reorganize(2);
    await t.look(1);
    assert.equal((await t.show()).missingAmount, '100');
    await t.look(5);
    assert.equal(await t.state(), 'requires_action');
    await chain.pay(t.address, 100n * DOLLAR);
    await t.look(3);
    assert.equal(await t.state(), 'captured');
    assert.deepEqual([await t.owed(), await t.mismatches()], [[], []]);
  });

  test('after the capture raises an alarm, books nothing, and is heard when the money is there again', async () => {
    await using t = await startCoins();
    await chain.mine(2);
    await chain.pay(t.address, 100n * DOLLAR);
    await t.look(3);
    assert.equal(await t.state(), 'captured');
    await chain.reorganize(5);
    await t.look(1);
    await t.look(1);
    assert.equal(await t.state(), 'captured');
    const alarms = await t.announced('payment.reorganized');
    assert.deepEqual(
      alarms.map(({ state, missing }) => [state, missing]),
      [['vanished', { amountMinor: 10_000, currency: 'USD' }]],
    );
    assert.deepEqual(await t.mismatches(), []);
    await chain.pay(t.address, 100n * DOLLAR);
    await t.look(3);
    assert.equal((await t.announced('payment.reorganized')).at(-1)?.state, 'returned');
    assert.deepEqual([await t.owed(), await t.mismatches()], [[], []]);
  });
});

test('money that vanished after the capture is booked by an operator’s ruling, once', async () => {
  await using t = await startCoins();
  await chain.mine(2);
  await chain.pay(t.address, 100n * DOLLAR);
  await t.look(3);
  await chain.reorganize(5);
  await t.look(1);
  await t.look(1);
  const chargebacks = async () => (await t.payments.listChargebacks({}, t.admin)).items;
  const [opened, ...more] = await chargebacks();
  assert.ok(opened !== undefined && more.length === 0);
  assert.deepEqual([opened.state, opened.takenMinor, opened.amount.amountMinor], ['opened', 0, 10_000]);
  await t.payments.ruleChargeback({ chargebackId: opened.id, bearer: 'platform', reason: 'nobody else can' }, t.admin);
  await t.look(1);
  await t.look(1);
  assert.deepEqual(
    (await chargebacks()).map(({ state, isSettled }) => [state, isSettled]),
    [['lost', true]],
  );
  assert.equal(await t.balance('provider_clearing'), 0);
  assert.deepEqual(await t.mismatches(), []);
});

describe('a chain that does not answer', () => {
  test('begins no payment, and loses none that came meanwhile', async () => {
    await using t = await startCoins();
    await chain.pay(t.address, 100n * DOLLAR);
    await chain.mine(2);
    chain.pause();
    try {
      const refused = await t.begin();
      assert.deepEqual([refused.state, refused.declineCode], ['declined', 'provider_unavailable']);
      await t.host.runTimers();
      assert.equal(await t.state(), 'requires_action');
    } finally {
      chain.goOn();
    }
    await t.look();
    assert.equal(await t.state(), 'captured');
  });

  test('and a process that dies between reading and writing reads again, and books once', async () => {
    await using t = await startCoins();
    await chain.pay(t.address, 100n * DOLLAR);
    await chain.mine(2);
    const owner = new pg.Client({ connectionString: t.host.ownerUrl });
    await owner.connect();
    try {
      await owner.query(
        `create function payments.die() returns trigger language plpgsql as $$ begin raise exception 'killed'; end $$`,
      );
      // First as the transfers are written, then as the capture is.
      for (const table of ['coin_transfer', 'transfer']) {
        await owner.query(`create trigger die before insert on payments.${table} execute function payments.die()`);
        await t.look();
        assert.equal(await t.state(), 'requires_action');
        await owner.query(`drop trigger die on payments.${table}`);
      }
    } finally {
      await owner.end();
    }
    await Promise.all([t.look(), t.look()]);
    assert.equal(await t.state(), 'captured');
    assert.deepEqual([await t.owed(), await t.mismatches()], [[], []]);
    assert.equal((await t.announced('payment.captured')).length, 1);
  });
});

test('a member’s payment shows itself to that member alone', async () => {
  await using t = await startCoins();
  const payer = t.host.context({ roles: ['buyer'] });
  const memberId = payer.actor.kind === 'member' ? payer.actor.memberId : newId('member');
  const { id: paymentId } = await t.begin({ payerMemberId: memberId });
  assert.equal((await t.payments.getCoinInstructions({ paymentId }, payer)).paymentId, paymentId);
  const stranger = t.host.context({ roles: ['buyer'] });
  for (const context of [stranger, t.guest]) {
    await assert.rejects(t.payments.getCoinInstructions({ paymentId }, context), { code: 'PAYMENT_NOT_FOUND' });
    const taken = t.payments.setPaybackAddress({ paymentId, address: chain.buyerAddress }, context);
    await assert.rejects(taken, { code: 'PAYMENT_NOT_FOUND' });
  }
});

describe('settings that would lose money', () => {
  const mistakesOf = (changes: Record<string, string>, more: Record<string, string> = {}) => {
    const changed = Object.entries(changes).map(([name, value]) => [`PLAZA_BAZAAR_EVM_${name}`, value]);
    const given = coinSettings({ ...coinEnvironment(chain, 50), ...Object.fromEntries(changed), ...more }, 'bazaar');
    return 'mistakes' in given ? given.mistakes.join('\n') : '';
  };

  test('are refused: a private key, a shared account, an address with a mistake, no currency', () => {
    assert.equal(mistakesOf({}), '');
    assert.match(mistakesOf({ XPUB: depositAccount(50).extendedPrivateKey }), /PRIVATE key/);
    assert.match(mistakesOf({ XPUB: 'xpub123' }), /EVM_XPUB/);
    assert.match(mistakesOf({}, { PLAZA_JAIKOD_EVM_XPUB: depositAccount(50).extendedPublicKey }), /same addresses/);
    assert.match(mistakesOf({ TOKEN_ADDRESS: chain.tokenAddress.slice(0, -1) }), /EVM_TOKEN_ADDRESS/);
    assert.match(mistakesOf({ CURRENCY: 'XXXX', CONFIRMATIONS: '0' }), /EVM_CURRENCY[\s\S]*EVM_CONFIRMATIONS/);
    assert.equal(mistakesOf({ RPC_URL: '' }), 'PLAZA_BAZAAR_EVM_RPC_URL');
  });

  test('are refused at start by what the chain says: another chain, no token, too few decimals', async () => {
    await using t = await startCoins();
    await using coarse = await startChain({ decimals: 0 });
    const checkWith = (changes: Record<string, string>, of = chain) => {
      const changed = Object.entries(changes).map(([name, value]) => [`PLAZA_BAZAAR_EVM_${name}`, value]);
      const environment = { ...coinEnvironment(of, 51), ...Object.fromEntries(changed) };
      return createEvmProvider({
        database: t.host.database('payments'),
        environment,
        publicUrl: () => '',
        clock: () => new Date(),
        log: { warn: () => {} } as never,
      }).checkChains(['bazaar', 'jaikod']);
    };
    await checkWith({});
    await assert.rejects(checkWith({ CHAIN_ID: '137' }), /leads to chain 31337/);
    await assert.rejects(checkWith({ TOKEN_ADDRESS: chain.buyerAddress }), /there is no token/);
    await assert.rejects(checkWith({}, coarse), /cannot stand for USD/);
    await checkWith({ RPC_URL: 'http://127.0.0.1:9' });
  });
});
