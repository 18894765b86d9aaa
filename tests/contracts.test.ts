import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import { type Answer, call, INTERNAL, isDocumented, ROUTED, type RoutedOperation } from './support/calls.ts';
import { type Plaza, startPlaza } from './support/plaza.ts';
import { type Member, signUp, signUpWithEveryRole } from './support/shop.ts';

/** Writes that take no Idempotency-Key, and why none of them does harm when repeated. */
const NOT_IDEMPOTENT: Readonly<Record<string, string>> = {
  createPaymentMethod: 'its answer must not be kept: the card number would lie in the record of the key',
  createDownload: 'it writes nothing but a count; an answer kept would hold links that have expired',
};

type Document = {
  openapi: string;
  paths: Record<string, Record<string, Described>>;
};
type Described = {
  operationId: string;
  summary?: string;
  security?: unknown[];
  'x-access'?: unknown;
  requestBody?: { content: Record<string, { example?: unknown }> };
  responses: Record<string, { content: Record<string, { example?: unknown }> }>;
};

let plaza: Plaza;
let document: Document;
let described: Map<string, Described>;

before(async () => {
  plaza = await startPlaza({ environment: { PLAZA_CHECK_ANSWERS: 'whole' } });
  document = (await (await fetch(`${plaza.url}/api/v1/openapi.json`)).json()) as Document;
  described = new Map(
    Object.values(document.paths).flatMap((methods) =>
      Object.values(methods).map((each) => [each.operationId, each] as const),
    ),
  );
});
after(() => plaza[Symbol.asyncDispose]());

/** All that does not hold, at once: a list tells more than its first line. */
function assertNone(complaints: readonly string[]): void {
  assert.equal(complaints.length, 0, `\n${complaints.join('\n')}`);
}

describe('the OpenAPI document', () => {
  test('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    const { valid, errors } = await validator.validate(structuredClone(document));
    assert.ok(valid, JSON.stringify(errors));
    assert.equal(validator.version, '3.1');
  });

  test('speaks of every public operation and of no internal one', () => {
    assert.deepEqual([...described.keys()].sort(), ROUTED.map(({ name }) => name).sort());
    assertNone(INTERNAL.filter(({ name }) => described.has(name)).map(({ name }) => `${name} is internal`));
  });

  test('says of every operation what it does, who may call it, and how it answers', () => {
    const complaints = ROUTED.flatMap(({ name, operation, route }) => {
      const entry = described.get(name);
      const wrong: string[] = [];
      if ((entry?.summary ?? '').length < 5) wrong.push('has no summary');
      if (operation.access !== 'public' && (entry?.security === undefined || entry['x-access'] === undefined))
        wrong.push('does not say who may call it');
      const hasBody = entry?.requestBody !== undefined;
      if (hasBody && entry?.requestBody?.content['application/json']?.example === undefined)
        wrong.push('has no example of its body');
      const success = Object.entries(entry?.responses ?? {}).find(([status]) => status.startsWith('2'))?.[1];
      if (success?.content['application/json']?.example === undefined) wrong.push('has no example of its answer');
      if (entry?.responses['422'] === undefined) wrong.push('does not say how it refuses');
      if ((route.method === 'GET' || route.method === 'DELETE') && hasBody) wrong.push('reads a body');
      return wrong.map((each) => `${name} ${each}`);
    });
    assertNone(complaints);
  });
});

describe('every contract', () => {
  test('has examples that its own schemas accept', () => {
    const complaints = [...ROUTED, ...INTERNAL].flatMap(({ service, name, operation }) =>
      (['input', 'output'] as const).flatMap((side) => {
        const parsed = operation[side].safeParse(operation.example[side]);
        return parsed.success ? [] : [`${service}.${name} ${side}: ${parsed.error.message}`];
      }),
    );
    assertNone(complaints);
  });

  test('takes an Idempotency-Key on every write', () => {
    const writes = ROUTED.filter(({ route }) => route.method !== 'GET');
    const without = writes.filter(({ operation }) => operation.idempotent !== true).map(({ name }) => name);
    assert.deepEqual(without.sort(), Object.keys(NOT_IDEMPOTENT).sort());
  });

  test('names each operation and each route once', () => {
    const routes = ROUTED.map(({ route }) => `${route.method} ${route.path.replace(/\{\w+\}/g, '{}')}`);
    const names = [...ROUTED, ...INTERNAL].map(({ name }) => name);
    for (const list of [routes, names]) assert.deepEqual(list, [...new Set(list)]);
  });
});

describe('every public operation answers over HTTP', () => {
  let member: Member;
  before(async () => {
    member = await signUpWithEveryRole(plaza, 'bazaar');
  });

  for (const routed of ROUTED) {
    test(`${routed.service}.${routed.name}: its example is answered as documented`, async () => {
      assertDocumented(routed, await call(plaza, routed, inputOf(routed), await callerFor(routed)));
    });
  }

  test('and nothing failed in an unforeseen way', () => assert.deepEqual(plaza.faults(), []));

  function inputOf({ operation }: RoutedOperation): Readonly<Record<string, unknown>> {
    return operation.example.input as Readonly<Record<string, unknown>>;
  }

  /** Signing out ends the session it is called with: that one gets a member of its own. */
  async function callerFor({ name }: RoutedOperation) {
    const { token } = name === 'signOut' ? await signUp(plaza, 'bazaar', 'leaver') : member;
    return { marketplace: 'bazaar', token };
  }
});

function assertDocumented(routed: RoutedOperation, answer: Answer): void {
  assert.ok(isDocumented(routed, answer), `${answer.status} ${answer.text}`);
  if (answer.status < 300) {
    const parsed = routed.operation.output.safeParse(JSON.parse(answer.text));
    assert.ok(parsed.success, parsed.error?.message);
  }
}
