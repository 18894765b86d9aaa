import { z } from 'zod';
import type { FieldError } from './field-errors.ts';

/** A refusal that a contract declares: its stable code, its HTTP status, and the shape of its data. */
export type FaultDefinition<Data extends z.ZodType = z.ZodType> = {
  readonly code: string;
  readonly status: number;
  readonly data: Data;
  /** Written as a method, so that a list may hold definitions of different data. */
  message(data: z.output<Data>): string;
};

/** Makes a fault; carries its definition so that a contract can list it: `errors: [errors.OUT_OF_STOCK]`. */
export type FaultFactory<Data extends z.ZodType = z.ZodType> = ((
  data: z.input<Data>,
  options?: { cause?: unknown },
) => Fault) &
  FaultDefinition<Data>;

/**
 * A refusal, in process and over the wire alike. `message` is for people and leaks nothing; `cause` is for the log.
 * Codes are public API: add, never rename.
 */
export class Fault extends Error {
  override readonly name = 'Fault';
  readonly code: string;
  readonly status: number;
  readonly data: Record<string, unknown>;
  readonly errors: readonly FieldError[];

  constructor(
    code: string,
    status: number,
    message: string,
    options: { data?: Record<string, unknown>; errors?: readonly FieldError[]; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.status = status;
    this.data = options.data ?? {};
    this.errors = options.errors ?? [];
  }
}

type Entry<Data> = {
  readonly status: number;
  readonly data?: Data;
  readonly message: string | ((data: Data extends z.ZodType ? z.output<Data> : Record<string, never>) => string);
};

/** The schema of an entry's data; an entry without one carries nothing. */
type DataOf<Data> = Data extends z.ZodType ? Data : z.ZodObject<Record<never, never>>;

/**
 * Declares the faults of one service. The registry in `docs/errors.md` is generated from these.
 *
 * @example const errors = defineErrors({ OUT_OF_STOCK: { status: 409, data: z.object({ sku: z.string() }), message: ({ sku }) => `Not enough stock of ${sku}.` } });
 *          throw errors.OUT_OF_STOCK({ sku: 'CUP-BLUE' });
 */
export function defineErrors<Map>(entries: { readonly [Code in keyof Map]: Entry<Map[Code]> }): {
  readonly [Code in keyof Map]: FaultFactory<DataOf<Map[Code]>>;
} {
  const factories: Record<string, FaultFactory> = {};
  for (const [code, entry] of Object.entries(entries) as [string, Entry<z.ZodType>][]) {
    const message = typeof entry.message === 'function' ? entry.message : () => entry.message as string;
    const schema = entry.data ?? z.object({});
    const make = (data: unknown, options: { cause?: unknown } = {}) =>
      new Fault(code, entry.status, message(data), { data: (data ?? {}) as Record<string, unknown>, ...options });
    factories[code] = Object.assign(make, { code, status: entry.status, data: schema, message });
  }
  return factories as { readonly [Code in keyof Map]: FaultFactory<DataOf<Map[Code]>> };
}

/** Refusals any operation may answer with; contracts need not list them. */
export const commonErrors = defineErrors({
  INVALID_INPUT: { status: 422, message: 'Some fields are not right. See `errors`.' },
  UNAUTHENTICATED: { status: 401, message: 'Sign in first.' },
  FORBIDDEN: { status: 403, message: 'You may not do this.' },
  CONFIRMATION_REQUIRED: {
    status: 403,
    message: 'Confirm first that it is you (POST /sessions/current/confirmation), then send this again.',
  },
  NOT_FOUND: { status: 404, message: 'There is nothing here.' },
  MARKETPLACE_UNKNOWN: {
    status: 404,
    message: 'No such marketplace. Name one by host or by the X-Marketplace header.',
  },
  VERSION_CONFLICT: {
    status: 412,
    data: z.object({ currentVersion: z.int() }),
    message: 'Someone changed this meanwhile. Load it again, then repeat your change.',
  },
  IDEMPOTENCY_KEY_REUSED: {
    status: 422,
    message: 'This Idempotency-Key was used with another request. Use a new key for a new request.',
  },
  IDEMPOTENCY_IN_PROGRESS: {
    status: 409,
    message: 'The first request with this Idempotency-Key is still running. Try again in a moment.',
  },
  RATE_LIMITED: { status: 429, message: 'Too many requests. Wait a moment.' },
  UNAVAILABLE: { status: 503, message: 'A part of the marketplace is not available right now. Try again soon.' },
  INTERNAL: { status: 500, message: 'Something went wrong on our side. It has been recorded.' },
});

/** What a caller changes must be the version they read, where they say which that was (`If-Match`). @throws VERSION_CONFLICT */
export function requireVersion({ version }: { readonly version: number }, expectedVersion: number | undefined): void {
  if (expectedVersion !== undefined && expectedVersion !== version)
    throw commonErrors.VERSION_CONFLICT({ currentVersion: version });
}

/** An INVALID_INPUT fault for rules a schema cannot express, e.g. an attribute that another category requires. */
export function invalidInput(errors: readonly FieldError[]): Fault {
  return new Fault('INVALID_INPUT', 422, 'Some fields are not right. See `errors`.', { errors });
}

/** Any thrown value as a fault: faults stay, everything else becomes INTERNAL with the original as its cause. */
export function faultFrom(thrown: unknown): Fault {
  return thrown instanceof Fault ? thrown : commonErrors.INTERNAL({}, { cause: thrown });
}

/** Stops on a state that the code holds impossible. Stays on in production: a wrong answer costs more than no answer. */
export function invariant(holds: boolean, message: string): asserts holds {
  if (!holds) throw new Error(`Invariant broken: ${message}`);
}
