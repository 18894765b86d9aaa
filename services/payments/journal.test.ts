import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newId, uuidFromId } from '@plaza/kernel';
import pg from 'pg';
import { groupOf, startPayments, type TestPayments } from './testing/sale.ts';

/** Sales, linked; answers the transfers in the order of their links. */
async function linkedSales(t: TestPayments): Promise<string[]> {
  for (let i = 0; i < 3; i++) await t.hold([groupOf()]);
  await t.host.runTimers();
  return (await asOwner(t, 'select transfer_id from payments.journal_link order by sequence')).map(
    ({ transfer_id }) => transfer_id as string,
  );
}

/** As somebody who owns the database: past row-level security, and past the triggers that keep history as it is. */
async function asOwner(t: TestPayments, statement: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  const owner = new pg.Client({ connectionString: t.host.ownerUrl });
  await owner.connect();
  try {
    await owner.query("set session_replication_role = 'replica'");
    return (await owner.query(statement, values)).rows;
  } finally {
    await owner.end();
  }
}

const verify = async (t: TestPayments) => (await t.payments.checkLedger({}, t.service)).journal;

test('every transfer is linked once, in an order without gaps, and each marketplace has a chain of its own', async () => {
  await using t = await startPayments();
  assert.equal((await linkedSales(t)).length, 6);
  await t.pay(500);
  await t.host.runTimers();
  const verdict = await verify(t);
  assert.deepEqual(
    [verdict.isIntact, verdict.linkCount, verdict.waitingCount, verdict.waitingSinceTime],
    [true, 7, 0, null],
  );
  const elsewhere = await t.payments.verifyJournal({}, t.host.context({ roles: ['admin'], marketplaceId: 'jaikod' }));
  assert.deepEqual([elsewhere.isIntact, elsewhere.linkCount], [true, 0]);
});

test('what is not linked yet is told, and is linked by the next run', async () => {
  await using t = await startPayments();
  await t.pay(500);
  const before = await t.payments.getJournal({}, t.host.context({ roles: ['admin'] }));
  assert.deepEqual([before.linkCount, before.waitingCount], [0, 1]);
  assert.notEqual(before.waitingSinceTime, null);
  assert.equal((await verify(t)).isIntact, true);
  await t.host.runTimers();
  assert.equal((await verify(t)).linkCount, 1);
});

test('two runs at the same time make one chain', async () => {
  await using t = await startPayments();
  for (let i = 0; i < 5; i++) await t.pay(100 + i);
  await Promise.all([t.host.runTimers(), t.host.runTimers(), t.host.runTimers()]);
  const { isIntact, linkCount } = await verify(t);
  assert.deepEqual([isIntact, linkCount], [true, 5]);
});

test('an amount changed by the owner of the database is found, though the books still balance', async () => {
  await using t = await startPayments();
  const transfers = await linkedSales(t);
  await asOwner(
    t,
    'update payments.entry set amount_minor = amount_minor * 2, balance_after_minor = balance_after_minor + amount_minor where transfer_id = $1',
    [transfers[2]],
  );
  const verdict = await verify(t);
  assert.equal(verdict.isIntact, false);
  assert.equal(verdict.firstBroken?.sequence, 3);
});

test('a transfer that was removed with its entries is found', async () => {
  await using t = await startPayments();
  const transfers = await linkedSales(t);
  await asOwner(t, 'delete from payments.entry where transfer_id = $1', [transfers[3]]);
  await asOwner(t, 'delete from payments.transfer where id = $1', [transfers[3]]);
  assert.equal((await verify(t)).firstBroken?.sequence, 4);
  await asOwner(t, 'delete from payments.journal_link where transfer_id = $1', [transfers[3]]);
  assert.equal((await verify(t)).firstBroken?.sequence, 5);
});

test("two links in each other's place are found at the first of them", async () => {
  await using t = await startPayments();
  await linkedSales(t);
  await asOwner(t, 'update payments.journal_link set sequence = -sequence where sequence in (2, 3)');
  await asOwner(
    t,
    'update payments.journal_link set sequence = case sequence when -2 then 3 else 2 end where sequence < 0',
  );
  assert.equal((await verify(t)).firstBroken?.sequence, 2);
});

test('a chain that was written anew is whole in itself, and shown by a head that was noted before', async () => {
  await using t = await startPayments();
  await linkedSales(t);
  const admin = t.host.context({ roles: ['admin'] });
  const { linkCount, headHash } = await t.payments.getJournal({}, admin);
  const notedHead = `${linkCount}:${headHash}`;
  await t.pay(700);
  await t.host.runTimers();
  const before = await t.payments.verifyJournal({ notedHead }, admin);
  assert.deepEqual([before.isIntact, before.isNotedHeadFound, before.linkCount], [true, true, 7]);
  await asOwner(t, "update payments.transfer set created_time = created_time - interval '1 day'");
  await asOwner(t, 'delete from payments.journal_link');
  await asOwner(
    t,
    'insert into payments.journal_waiting (marketplace_id, transfer_ids, created_time) select marketplace_id, array_agg(id order by id), min(created_time) from payments.transfer group by marketplace_id',
  );
  await t.host.runTimers();
  assert.equal((await verify(t)).isIntact, true);
  const after = await t.payments.verifyJournal({ notedHead }, admin);
  assert.deepEqual([after.isIntact, after.firstBroken, after.isNotedHeadFound], [false, null, false]);
});

test('a transfer that was written past the ledger is found', async () => {
  await using t = await startPayments();
  await linkedSales(t);
  const id = uuidFromId(newId('transfer'));
  await asOwner(
    t,
    "insert into payments.transfer (marketplace_id, id, key, kind, created_time) values ('bazaar', $1, 'forged', 'capture', now())",
    [id],
  );
  const verdict = await verify(t);
  assert.equal(verdict.isIntact, false);
  assert.equal(verdict.outsideTransferId === null ? null : uuidFromId(verdict.outsideTransferId), id);
});

test('the database refuses to change or remove a link, to its owner too', async () => {
  await using t = await startPayments();
  await linkedSales(t);
  const owner = new pg.Client({ connectionString: t.host.ownerUrl });
  await owner.connect();
  await assert.rejects(owner.query('delete from payments.journal_link'), /never changed or removed/);
  await assert.rejects(
    owner.query("update payments.journal_link set hash = decode(repeat('00', 32), 'hex')"),
    /never changed/,
  );
  await owner.end();
});
