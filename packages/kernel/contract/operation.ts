import type { z } from 'zod';
import type { Context, Role } from '../context.ts';
import type { FaultDefinition } from '../errors.ts';

/**
 * Who may call: anyone, any signed-in member, members with one of some roles, or only other services.
 * Ownership ("this listing is yours") is checked in the operation itself.
 */
export type Access = 'public' | 'member' | 'service' | readonly Role[];

export type Route = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/api/v1`, with `{parameters}` named as in the input: `/listings/{listingId}`. */
  readonly path: `/${string}`;
  /** Defaults: 201 for POST, else 200; 204 when the output is empty is not used, every answer has a body. */
  readonly status?: number;
};

/** One operation of a service, as data. The REST route, the OpenAPI entry, both bindings and the tests follow from it. */
export type Operation<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> = {
  readonly summary: string;
  readonly description?: string;
  readonly access: Access;
  readonly input: Input;
  readonly output: Output;
  /** Absent: internal, reachable only by services. */
  readonly route?: Route;
  readonly errors?: readonly FaultDefinition[];
  /** A write: accepts `Idempotency-Key` and answers a repeat with the first answer. */
  readonly idempotent?: boolean;
  /** A public read that guests may be served from memory, no older than this. */
  readonly guestCacheSeconds?: number;
  /** It needs to know of the visitor behind the request: `context.visit` is filled in. */
  readonly readsVisit?: boolean;
  /** Its answer is a session: `context.device` says on what, for its member to know it again. */
  readonly startsSession?: boolean;
  /** Answers for the whole installation: no marketplace need be named. Public reads only. */
  readonly isInstallationWide?: boolean;
  /** A valid input and its output, shown in the API reference and used by tests. */
  readonly example: { readonly input: z.input<Input>; readonly output: z.input<Output> };
};

/** Declares an operation with its types inferred. */
export function operation<Input extends z.ZodType, Output extends z.ZodType>(
  definition: Operation<Input, Output>,
): Operation<Input, Output> {
  return definition;
}

/** A service's public face: its operations by name. */
// biome-ignore lint/suspicious/noExplicitAny: a contract of any operations; z.ZodType is invariant in examples
export type Contract = { readonly [name: string]: Operation<any, any> };

export type InputOf<O extends Operation> = z.output<O['input']>;
export type OutputOf<O extends Operation> = z.output<O['output']>;

/** What an operation's code receives. `input` is validated, `context` authenticated. */
export type Call<O> =
  O extends Operation<infer I, infer _O> ? { readonly input: z.output<I>; readonly context: Context } : never;

/** An operation's code. Its answer is validated and stripped of what the contract does not declare. */
export type Handler<O> = O extends Operation<infer _I, infer Out> ? (call: Call<O>) => Promise<z.input<Out>> : never;

export type Handlers<C extends Contract> = { readonly [K in keyof C]: Handler<C[K]> };

/** How others call a service; the same whether it runs in this process or another. Rejects with a `Fault`. */
export type Client<C extends Contract> = {
  readonly [K in keyof C]: C[K] extends Operation<infer I, infer O>
    ? (input: z.input<I>, context: Context) => Promise<z.output<O>>
    : never;
};
