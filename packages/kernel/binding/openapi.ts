import { z } from 'zod';
import type { Contract, Operation } from '../contract/operation.ts';
import { commonErrors, type FaultDefinition } from '../errors.ts';
import { FieldError } from '../field-errors.ts';

type Refusal = Pick<FaultDefinition, 'code' | 'status'>;

/** What the HTTP server may answer to a body before any operation sees it (apps/server/http/problem.ts). */
const BODY_REFUSALS: readonly Refusal[] = [
  { code: 'MALFORMED_JSON', status: 400 },
  { code: 'BODY_TOO_LARGE', status: 413 },
  { code: 'UNSUPPORTED_MEDIA_TYPE', status: 415 },
];

type JsonSchema = Record<string, unknown> & {
  properties?: Record<string, JsonSchema>;
  required?: string[];
  $defs?: Record<string, JsonSchema>;
};

/** The JSON Schema (2020-12) of a Zod schema, its named parts moved to `#/components/schemas`. */
function jsonSchemaOf(schema: z.ZodType, io: 'input' | 'output', components: Record<string, JsonSchema>): JsonSchema {
  const { $defs, $schema: _, ...own } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as JsonSchema;
  for (const [name, part] of Object.entries($defs ?? {})) components[name] ??= rewrite(part) as JsonSchema;
  return rewrite(own) as JsonSchema;
}

/** References of a single schema become references of the document. */
function rewrite(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(rewrite);
  if (node === null || typeof node !== 'object') return node;
  const entries = Object.entries(node).filter(
    ([key]) => key !== 'id' || typeof (node as { id: unknown }).id !== 'string',
  );
  return Object.fromEntries(
    entries.map(([key, value]) => [
      key,
      key === '$ref' && typeof value === 'string' ? value.replace('#/$defs/', '#/components/schemas/') : rewrite(value),
    ]),
  );
}

const problemSchema: JsonSchema = {
  type: 'object',
  description: 'A refusal, as RFC 9457 problem details.',
  required: ['type', 'title', 'status', 'code'],
  properties: {
    type: { type: 'string', format: 'uri-reference' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', description: 'Stable: decide by this, not by the text.' },
    detail: { type: 'string' },
    instance: { type: 'string', description: 'The id of the request, to quote when asking for help.' },
    data: { type: 'object', additionalProperties: true },
    errors: {
      type: 'array',
      items: jsonSchemaOf(FieldError, 'output', {}),
    },
  },
};

/** What any operation of a kind may be sent beside its input. */
const HEADERS = {
  marketplace: {
    name: 'X-Marketplace',
    in: 'header',
    required: false,
    schema: { type: 'string' },
    description: 'The marketplace, when the host does not name it.',
  },
  visitor: {
    name: 'X-Visitor-Id',
    in: 'header',
    required: false,
    schema: { type: 'string', format: 'uuid' },
    description:
      'A random id by which a guest agreed to be remembered. Browsers keep it as the cookie `plaza_visitor`.',
  },
  idempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    schema: { type: 'string', minLength: 16, maxLength: 255, pattern: '^[\\x21-\\x7e]+$' },
    description:
      'A repeat with the same key gets the first answer and changes nothing. Use a new UUID for a new request.',
  },
  ifMatch: {
    name: 'If-Match',
    in: 'header',
    required: false,
    schema: { type: 'string', pattern: '^("[0-9]+"|\\*)$' },
    description: 'The ETag you edited; refused with 412 when somebody changed it meanwhile.',
  },
} as const;

/** What holds for every operation, for who reads the document before anything else. */
const INTRODUCTION = `The API of one or many online marketplaces.

- **Which marketplace**: the host names it, or the header \`X-Marketplace\`.
- **Who calls**: a member sends the token that \`POST /sessions\` answers, as \`Authorization: Bearer …\`. A guest who keeps a cart sends a text
  of their own that nobody guesses (16 to 128 letters, digits, \`-\` or \`_\`) as \`X-Guest-Token\`.
- **Language**: of names and texts by \`Accept-Language\`; each marketplace has its own list.
- **Money** is whole minor units of its currency: \`{ "amountMinor": 4500, "currency": "USD" }\` is 45 dollars. Rates in \`…Bp\` are basis
  points: 1600 is 16 %. Times are RFC 3339 in UTC.
- **Lists** answer \`items\` and \`nextCursor\`, which is sent as \`cursor\` for the next page and null on the last one.
- **Refusals** are problem details (RFC 9457): decide by \`code\`; \`errors\` says which field is wrong.
- **Repeats**: a write sent again with the same \`Idempotency-Key\` changes nothing and gets the first answer.`;

/** The OpenAPI 3.1 document of the public operations of these contracts, by service. */
export function openApiDocument(
  contracts: Readonly<Record<string, Contract>>,
  version: string,
): Record<string, unknown> {
  const schemas: Record<string, JsonSchema> = { Problem: problemSchema };
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [service, contract] of Object.entries(contracts)) {
    for (const [name, operation] of Object.entries(contract) as [string, Operation][]) {
      if (operation.route === undefined) continue;
      const path = `/api/v1${operation.route.path}`;
      paths[path] ??= {};
      paths[path][operation.route.method.toLowerCase()] = describe(service, name, operation, schemas);
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Plaza',
      version,
      summary: 'Online marketplaces: accounts, stores, listings, search, carts, orders, payments.',
      description: INTRODUCTION,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    security: [{}, { session: [] }],
    tags: Object.keys(contracts).map((tag) => ({ name: tag })),
    paths: Object.fromEntries(Object.entries(paths).sort(([a], [b]) => (a < b ? -1 : 1))),
    components: {
      securitySchemes: {
        session: { type: 'http', scheme: 'bearer', description: 'The token that signing in answers.' },
      },
      schemas: Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1))),
    },
  };
}

/** Where a field of an operation's input is sent: in its path, in its query or in its body. A version goes in `If-Match`. */
function placesOf(operation: Operation, names: readonly string[]) {
  const { method = 'POST', path = '' } = operation.route ?? {};
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] as string);
  const others = names.filter((name) => !inPath.includes(name) && name !== 'expectedVersion');
  const hasBody = method !== 'GET' && method !== 'DELETE';
  return { inPath, inQuery: hasBody ? [] : others, inBody: hasBody ? others : [] };
}

function describe(service: string, name: string, operation: Operation, schemas: Record<string, JsonSchema>) {
  const input = jsonSchemaOf(operation.input, 'input', schemas);
  const { inPath, inQuery, inBody } = placesOf(operation, Object.keys(input.properties ?? {}));
  const exampleInput = (operation.example.input ?? {}) as Record<string, unknown>;
  const parameter = (key: string, where: 'path' | 'query') => ({
    name: key,
    in: where,
    required: where === 'path' || (input.required ?? []).includes(key),
    schema: input.properties?.[key] ?? { type: 'string' },
    ...(exampleInput[key] === undefined ? {} : { example: exampleInput[key] }),
  });
  return {
    operationId: name,
    tags: [service],
    summary: operation.summary,
    ...(operation.description === undefined ? {} : { description: operation.description }),
    ...(operation.access === 'public' ? {} : { security: [{ session: [] }], 'x-access': operation.access }),
    parameters: [
      HEADERS.marketplace,
      ...inPath.map((key) => parameter(key, 'path')),
      ...inQuery.map((key) => parameter(key, 'query')),
      ...(operation.readsVisit === true ? [HEADERS.visitor] : []),
      ...(operation.idempotent === true ? [HEADERS.idempotencyKey] : []),
      ...(isVersioned(operation) ? [HEADERS.ifMatch] : []),
    ],
    ...(inBody.length === 0 ? {} : { requestBody: bodyOf(input, inBody, exampleInput) }),
    responses: {
      [String(statusOf(operation))]: {
        description: operation.summary,
        content: {
          'application/json': {
            schema: jsonSchemaOf(operation.output, 'output', schemas),
            example: operation.example.output,
          },
        },
      },
      ...refusals([...(operation.errors ?? []), ...refusalsOfAny(operation, inBody.length > 0)]),
    },
  };
}

function bodyOf(input: JsonSchema, names: readonly string[], exampleInput: Readonly<Record<string, unknown>>) {
  const required = (input.required ?? []).filter((key) => names.includes(key));
  return {
    required: required.length > 0,
    content: {
      'application/json': {
        schema: {
          type: 'object',
          properties: Object.fromEntries(names.map((key) => [key, input.properties?.[key]])),
          ...(required.length === 0 ? {} : { required }),
        },
        example: Object.fromEntries(Object.entries(exampleInput).filter(([key]) => names.includes(key))),
      },
    },
  };
}

/** The HTTP status of an answer that is not a refusal. */
export function statusOf(operation: Operation): number {
  return operation.route?.status ?? (operation.route?.method === 'POST' ? 201 : 200);
}

/** Refusals that the contract need not list, because they follow from what kind of operation it is. */
function refusalsOfAny(operation: Operation, hasBody: boolean): Refusal[] {
  const isWrite = operation.route?.method !== 'GET';
  return [
    commonErrors.INVALID_INPUT,
    commonErrors.INTERNAL,
    commonErrors.UNAVAILABLE,
    { code: 'BAD_REQUEST', status: 400 },
    { code: 'HEADERS_TOO_LARGE', status: 431 },
    ...(operation.isInstallationWide === true ? [] : [commonErrors.UNAUTHENTICATED, commonErrors.MARKETPLACE_UNKNOWN]),
    ...(operation.access === 'public' ? [] : [commonErrors.FORBIDDEN]),
    ...(operation.idempotent === true
      ? [commonErrors.IDEMPOTENCY_KEY_REUSED, commonErrors.IDEMPOTENCY_IN_PROGRESS]
      : []),
    ...(isVersioned(operation) ? [commonErrors.VERSION_CONFLICT] : []),
    ...(isWrite ? [{ code: 'CROSS_SITE_REQUEST', status: 403 }] : []),
    ...(hasBody ? BODY_REFUSALS : []),
  ];
}

function isVersioned({ input }: Operation): boolean {
  return input instanceof z.ZodObject && 'expectedVersion' in input.shape;
}

function refusals(possible: readonly Refusal[]): Record<string, unknown> {
  const byStatus = new Map<number, string[]>();
  for (const { code, status } of possible) {
    byStatus.set(status, [...new Set([...(byStatus.get(status) ?? []), code])]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      String(status),
      {
        description: codes.join(', '),
        content: {
          'application/problem+json': {
            schema: {
              allOf: [
                { $ref: '#/components/schemas/Problem' },
                { type: 'object', properties: { code: { enum: codes } } },
              ],
            },
          },
        },
      },
    ]),
  );
}
