import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { identityContract } from '@plaza/identity/contract';
import { serviceContext } from '@plaza/kernel';
import { type Belongings, bargainingMarketplaces, gather } from './support/belongings.ts';
import { type Answer, type Caller, call, isDocumented, ROUTED, type RoutedOperation } from './support/calls.ts';
import { type Plaza, startPlaza } from './support/plaza.ts';
import { REACH } from './support/reach.ts';

const MARKETPLACE = 'bazaar';

/** They end the session, or the roles, by which a repeat would be asked. */
const END_THE_CALLER = new Set([
  'signOut',
  'revokeSession',
  'changePassword',
  'confirmTotp',
  'disableTotp',
  'resetPassword',
  'setMemberRoles',
]);
/** Things are put out of use late and taken away last, so that the others find them. */
const turnOf = (name: string) =>
  /^(delete|remove)/.test(name)
    ? 2
    : /^(pause|decline|cancel|withdraw|mark|freeze|suspend|reject|setStock)/.test(name)
      ? 1
      : 0;

let marketplaces: string;
let plaza: Plaza;
let mine: Belongings;
before(async () => {
  marketplaces = await bargainingMarketplaces(MARKETPLACE);
  plaza = await startPlaza({ environment: { PLAZA_MARKETPLACES_DIR: marketplaces } });
  mine = await gather(plaza, MARKETPLACE);
  const identity = plaza.internal('identity', identityContract);
  const context = serviceContext('system-test', MARKETPLACE, 'replays');
  for (const role of ['moderator', 'admin'] as const)
    await identity.grantRole({ memberId: mine.memberId, role }, context);
});
after(async () => {
  await plaza?.[Symbol.asyncDispose]();
  await rm(marketplaces, { recursive: true, force: true });
});

const WRITES = ROUTED.filter(
  ({ name, route, operation }) => route.method !== 'GET' && operation.idempotent === true && !END_THE_CALLER.has(name),
).sort((a, b) => turnOf(a.name) - turnOf(b.name));

function inputOf({ name, operation }: RoutedOperation): Readonly<Record<string, unknown>> {
  const reach = REACH[name];
  return reach !== undefined && 'input' in reach
    ? reach.input(mine)
    : (operation.example.input as Readonly<Record<string, unknown>>);
}

const isDone = ({ status }: Answer) => status < 300;
/** Alike but for the order of keys, which JSON has none of. */
const isSame = (a: Answer, b: Answer) =>
  a.status === b.status && isDeepStrictEqual(JSON.parse(a.text), JSON.parse(b.text));
const isInProgress = ({ code }: Answer) => code === 'IDEMPOTENCY_IN_PROGRESS';

/** The same request with another text or number in it: not the request that the key stands for. */
function otherThan(input: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> | undefined {
  const found = Object.entries(input).find(
    ([name, value]) => /title|name|note|reason|text|description|quantity|Minor|onHand/.test(name) && value !== null,
  );
  if (found === undefined) return undefined;
  const [name, value] = found;
  if (typeof value === 'string') return { ...input, [name]: `${value} and more` };
  return typeof value === 'number' ? { ...input, [name]: value + 1 } : undefined;
}

/** Cursors of lists that are sorted otherwise, and text that is none. */
const FOREIGN_CURSORS = [[], ['x'], [1.5, 'x', 2, 3], ['2026-02-30', 'x'], [null, null, 'x']]
  .map((keys) => Buffer.from(JSON.stringify(keys)).toString('base64url'))
  .concat('not a cursor', '%00');

test('every list refuses a cursor that is not its own, and names the field', async () => {
  const caller: Caller = { marketplace: MARKETPLACE, token: mine.owner.token };
  const lists = ROUTED.filter(
    ({ route, operation }) =>
      route.method === 'GET' && 'cursor' in (operation.input as unknown as { shape: object }).shape,
  );
  const complaints: string[] = [];
  let refusedCount = 0;
  for (const routed of lists) {
    const reach = REACH[routed.name];
    const input = reach !== undefined && 'input' in reach ? reach.input(mine) : {};
    for (const cursor of FOREIGN_CURSORS) {
      const { status, code, text } = await call(plaza, routed, { ...input, cursor }, caller);
      // What is not theirs to read is refused before its cursor is looked at.
      if (status === 403 || status === 404) continue;
      refusedCount += 1;
      if (status !== 422 || code !== 'INVALID_INPUT' || !text.includes('/cursor'))
        complaints.push(`${routed.name}: ${cursor}: ${status} ${text.slice(0, 150)}`);
    }
  }
  assert.deepEqual(complaints, []);
  assert.ok(refusedCount >= lists.length * FOREIGN_CURSORS.length * 0.8, `${refusedCount} of ${lists.length} lists`);
});

/**
 * The semantics of Stripe's Idempotency-Key (https://docs.stripe.com/api/idempotent_requests), asked of every write of the API
 * as the one who may: two requests at once under one key have one effect and one answer, or the second is told to wait;
 * a later repeat gets that answer again; another request under the key is refused.
 */
test('every write answers its repeats as the first time, at once and later, and its key serves nothing else', async () => {
  const caller: Caller = { marketplace: MARKETPLACE, token: mine.owner.token };
  const complaints: string[] = [];
  const done: string[] = [];
  const guarded: string[] = [];
  for (const routed of WRITES) {
    const [input, key] = [inputOf(routed), randomUUID()];
    const complain = (what: string, { status, text }: Answer) =>
      complaints.push(`${routed.name}: ${what}: ${status} ${text.slice(0, 200)}`);
    const both = await Promise.all([call(plaza, routed, input, caller, key), call(plaza, routed, input, caller, key)]);
    const later = await call(plaza, routed, input, caller, key);
    for (const answer of [...both, later]) if (!isDocumented(routed, answer)) complain('not documented', answer);
    const first = both.find(isDone);
    if (first === undefined) continue;
    done.push(routed.name);
    for (const answer of both)
      if (!isInProgress(answer) && !isSame(answer, first)) complain('answers differ at once', answer);
    if (!isSame(later, first)) complain('answers differ later', later);
    const other = otherThan(input);
    if (other === undefined) continue;
    const refused = await call(plaza, routed, other, caller, key);
    if (isDone(refused)) complain('another request under the key was carried out', refused);
    if (refused.code === 'IDEMPOTENCY_KEY_REUSED') guarded.push(routed.name);
  }
  assert.deepEqual(complaints, []);
  // Few are refused for their own reasons: too few done would show nothing.
  assert.ok(done.length >= WRITES.length / 2, `done: ${done.length} of ${WRITES.length}: ${done.join(' ')}`);
  assert.ok(guarded.length >= 12, `guarded: ${guarded.join(' ')}`);
});
