import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { type Belongings, bargainingMarketplaces, gather, privateIdsOf } from './support/belongings.ts';
import { type Answer, type Caller, call, isDocumented, ROUTED, type RoutedOperation } from './support/calls.ts';
import { eventually } from './support/eventually.ts';
import { type Plaza, startPlaza } from './support/plaza.ts';
import { REACH, type Reach } from './support/reach.ts';
import { openShop, type Shop, signUp, signUpWithEveryRole } from './support/shop.ts';

const HOME = 'bazaar';
const ELSEWHERE = 'jaikod';
/** Tables that change by themselves: the runtime's own, counted attempts, counts, links and looks that a timer brings up to date. */
const RESTLESS = [
  'outbox',
  'inbox',
  'idempotency_key',
  'timer_lease',
  'attempt',
  'facet_change',
  'facet_count',
  'journal_waiting',
  'journal_link',
  'picture_look',
  'listing_news',
  'saved_search_match',
  'saved_search_sweep',
];

let marketplaces: string;
let plaza: Plaza;
let mine: Belongings;
let stranger: Shop;
let strangersEmail: string;

before(async () => {
  marketplaces = await bargainingMarketplaces(HOME);
  plaza = await startPlaza({ environment: { PLAZA_MARKETPLACES_DIR: marketplaces } });
  mine = await gather(plaza, HOME);
  stranger = await openShop(plaza, HOME, 'Strangers');
  strangersEmail = stranger.email;
});
after(async () => {
  await plaza?.[Symbol.asyncDispose]();
  await rm(marketplaces, { recursive: true, force: true });
});

type Target = Extract<Reach, { input: unknown }>;

/** The operations of one reach, each with its input about the belongings. */
function reaching(...kinds: Target['kind'][]): { routed: RoutedOperation; reach: Target }[] {
  return ROUTED.flatMap((routed) => {
    const reach = REACH[routed.name];
    return reach !== undefined && 'input' in reach && kinds.includes(reach.kind) ? [{ routed, reach }] : [];
  });
}

function inputOf(routed: RoutedOperation): Readonly<Record<string, unknown>> {
  const reach = REACH[routed.name];
  return reach !== undefined && 'input' in reach
    ? reach.input(mine)
    : (routed.operation.example.input as Readonly<Record<string, unknown>>);
}

/** Makes each call and lists those whose answer is not as it must be, with the answer. */
async function complaintsOf(
  operations: readonly RoutedOperation[],
  caller: Caller,
  isRight: (answer: Answer, routed: RoutedOperation) => boolean,
): Promise<string[]> {
  const complaints: string[] = [];
  for (const routed of operations) {
    const answer = await call(plaza, routed, inputOf(routed), caller);
    if (!isRight(answer, routed) || !isDocumented(routed, answer))
      complaints.push(`${routed.name}: ${answer.status} ${answer.text.slice(0, 300)}`);
  }
  return complaints;
}

const none = (complaints: readonly string[]) => assert.equal(complaints.length, 0, `\n${complaints.join('\n')}`);
/** As if it were not there: unknown, or a list with nothing in it. */
const isHidden = ({ status, text }: Answer) => status === 404 || text === '{"items":[],"nextCursor":null}';
const isRefused = (answer: Answer) => isHidden(answer) || answer.status === 403;
const isReading = ({ route }: RoutedOperation) => route.method === 'GET';
const isMembersOnly = ({ operation }: RoutedOperation) => operation.access !== 'public';

/** What a timer writes of a payment that nobody has made yet: when it was asked about, and when it will be again. */
const CLOCKED: Readonly<Record<string, readonly string[]>> = {
  'orders.checkout': ['due_time', 'updated_time', 'version'],
  'payments.payment': ['next_ask_time', 'asks'],
};

/** A digest of every table's rows of the home marketplace, to show that nothing was changed. */
async function digest(): Promise<Record<string, string>> {
  const tables = await plaza.rows<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.columns
     join information_schema.tables using (table_schema, table_name)
     where column_name = 'marketplace_id' and table_type = 'BASE TABLE'
       and table_schema in ('identity', 'media', 'catalog', 'marketing', 'orders', 'payments', 'reviews', 'subscriptions')
       and table_name not in (${RESTLESS.map((name) => `'${name}'`).join(', ')}) order by 1`,
  );
  const digests = await plaza.rows<{ name: string; digest: string }>(
    tables
      .map(
        ({ name }) =>
          `select '${name}' as name, coalesce(md5(string_agg(row, '|' order by row)), '') as digest
           from (select (to_jsonb(t) - '{${CLOCKED[name]?.join(',') ?? ''}}'::text[])::text as row from ${name} t where marketplace_id = '${HOME}') t`,
      )
      .join(' union all '),
  );
  return Object.fromEntries(digests.map((each) => [each.name, each.digest]));
}

/** Waits until what was set going has come to rest: nothing is due, and two looks in a row see the same. */
async function settledDigest(): Promise<Record<string, string>> {
  let last = await digest();
  return eventually(
    async () => {
      const due = await plaza.rows(
        `select id::text from orders.effect where due_time <= now() union all select id::text from orders.outbox
         union all select id::text from payments.outbox union all select id::text from catalog.outbox`,
      );
      assert.deepEqual(due, []);
      const now = await digest();
      const before = last;
      last = now;
      assert.deepEqual(now, before);
      return now;
    },
    { everyMs: 500 },
  );
}

test('the table says of every public operation how far it reaches', () => {
  assert.deepEqual(Object.keys(REACH).sort(), ROUTED.map(({ name }) => name).sort());
  for (const [name, value] of Object.entries(mine))
    assert.ok(typeof value === 'object' || value.length > 3, `there is no ${name}`);
});

describe('who is not signed in', () => {
  test('is refused by every operation that is not public', async () => {
    none(
      await complaintsOf(
        ROUTED.filter(isMembersOnly),
        { marketplace: HOME },
        ({ status, code }) => status === 401 && code === 'UNAUTHENTICATED',
      ),
    );
  });

  test('does not reach what belongs to a member, nor by another guest’s token', async () => {
    const operations = reaching('theirs').flatMap(({ routed }) => (isMembersOnly(routed) ? [] : [routed]));
    none(await complaintsOf(operations, { marketplace: HOME, guestId: randomUUID() }, isHidden));
    none(await complaintsOf(operations, { marketplace: HOME }, isHidden));
  });
});

describe('who lacks the role', () => {
  /** The operations that none of these roles opens. */
  const closedTo = (roles: readonly string[]) =>
    ROUTED.filter(({ operation: { access } }) => Array.isArray(access) && !access.some((role) => roles.includes(role)));

  test('is refused: a buyer', async () => {
    const { token } = await signUp(plaza, HOME, 'buyer');
    none(await complaintsOf(closedTo(['buyer']), { marketplace: HOME, token }, ({ code }) => code === 'FORBIDDEN'));
  });

  test('is refused: a seller', async () => {
    const operations = closedTo(['buyer', 'seller']);
    assert.ok(operations.length > 5);
    none(
      await complaintsOf(
        operations,
        { marketplace: HOME, token: stranger.token },
        ({ status, code }) => status === 403 && code === 'FORBIDDEN',
      ),
    );
  });
});

describe('another seller of the same marketplace', () => {
  const caller = (): Caller => ({ marketplace: HOME, token: stranger.token });

  test('reaches nothing that belongs to somebody else, and changes nothing of it', async () => {
    const before = await settledDigest();
    const operations = reaching('theirs', 'operators').map(({ routed }) => routed);
    assert.ok(operations.length > 50);
    none(await complaintsOf(operations, caller(), isRefused));
    assert.deepEqual(await settledDigest(), before);
  });

  test('does not attach somebody else’s file to what is their own', async () => {
    const { client, storeId } = stranger;
    const assetId = mine.assetId;
    const draft = { storeId, title: 'Mine', categoryId: 'lighting' };
    const variants = [{ price: { amountMinor: 100, currency: 'USD' as const }, onHand: 1 }];
    const isRefusal = { code: 'INVALID_INPUT' };
    await assert.rejects(client.catalog.createListing({ ...draft, images: [{ assetId }], variants }), isRefusal);
    await assert.rejects(client.catalog.updateStore({ storeId, logoAssetId: assetId }), isRefusal);
    const book = await client.catalog.createListing({ ...draft, kind: 'digital', categoryId: 'books', variants });
    await assert.rejects(
      client.catalog.createRelease({ listingId: book.id, version: '1.0', files: [{ assetId }] }),
      isRefusal,
    );
  });

  test('finds nothing private of anybody in any list, nor an address to write to', async () => {
    const secrets = [...privateIdsOf(mine), mine.owner.email];
    const operations = ROUTED.filter((routed) => isReading(routed) && REACH[routed.name]?.kind !== 'theirs');
    none(await complaintsOf(operations, caller(), ({ text }) => secrets.every((secret) => !text.includes(secret))));
  });
});

describe('between marketplaces', () => {
  test('a token of one is worth nothing in another', async () => {
    none(
      await complaintsOf(
        ROUTED.filter(({ operation }) => operation.isInstallationWide !== true && operation.access !== 'public'),
        { marketplace: ELSEWHERE, token: mine.owner.token },
        ({ status }) => status === 401,
      ),
    );
  });

  test('nothing of one exists in another, not even for its admin, who changes nothing there', async () => {
    const { token } = await signUpWithEveryRole(plaza, ELSEWHERE);
    const before = await settledDigest();
    const operations = reaching('theirs', 'everybody', 'operators').map(({ routed }) => routed);
    // By nobody is a variant that is not there told apart from one that takes no offers, nor a listing from one without stars.
    const isUnknown = (answer: Answer) =>
      isHidden(answer) ||
      answer.code === 'OFFERS_NOT_ACCEPTED' ||
      answer.text.startsWith('{"count":0,"mean":null,') ||
      answer.text === '{"items":[]}';
    none(await complaintsOf(operations, { marketplace: ELSEWHERE, token }, isUnknown));
    assert.deepEqual(await settledDigest(), before);
  });

  test('nothing of one is in the lists of another', async () => {
    const { token } = await signUpWithEveryRole(plaza, ELSEWHERE);
    const secrets = [
      ...Object.values(mine).filter((value) => typeof value === 'string'),
      mine.owner.email,
      strangersEmail,
    ];
    const operations = ROUTED.filter((routed) => isReading(routed) && REACH[routed.name]?.kind === 'own');
    none(
      await complaintsOf(operations, { marketplace: ELSEWHERE, token }, ({ text }) =>
        secrets.every((secret) => !text.includes(secret)),
      ),
    );
  });
});
