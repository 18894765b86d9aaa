import type { z } from 'zod';
import { type Actor, type Context, hasRole } from '../context.ts';
import type { Client, Contract, Handlers, Operation } from '../contract/operation.ts';
import { commonErrors, type Fault, faultFrom, invalidInput } from '../errors.ts';
import { fieldErrorsOf, pointerTo, whatWouldBeRight } from '../field-errors.ts';
import { type AnswerReader, wholeReader } from './answer.ts';

/** Told about every fault that nobody declared (a bug), with its cause. */
export type FaultReporter = (fault: Fault, place: { service: string; operation: string; requestId: string }) => void;

/**
 * The client of a service that runs in this process. Validates input and output, checks access, and turns every
 * failure into a fault, exactly as the remote binding does: a caller cannot tell the two apart.
 * `readerOf` says how thoroughly answers are checked; each way leaves out what the contract does not declare.
 */
export function bindLocally<C extends Contract>(
  service: string,
  contract: C,
  handlers: Handlers<C>,
  report: FaultReporter = () => {},
  readerOf: (output: z.ZodType) => AnswerReader = wholeReader,
): Client<C> {
  const client: Record<string, (input: unknown, context: Context) => Promise<unknown>> = {};
  for (const [name, operation] of Object.entries(contract) as [string, Operation][]) {
    const handle = handlers[name] as unknown as (call: { input: unknown; context: Context }) => Promise<unknown>;
    const readAnswer = readerOf(operation.output);
    client[name] = async (rawInput, context) => {
      try {
        checkAccess(operation, context);
        const input = operation.input.safeParse(rawInput ?? {}, { error: whatWouldBeRight });
        if (!input.success) throw invalidInput(fieldErrorsOf(input.error));
        // What a service hands on was looked at where it came in.
        const unstorableAt = context.actor.kind === 'service' ? undefined : pointerOfUnstorableText(input.data);
        if (unstorableAt !== undefined)
          throw invalidInput([{ pointer: unstorableAt, code: 'text', detail: UNSTORABLE }]);
        return readAnswer(await handle({ input: input.data, context }));
      } catch (thrown) {
        const fault = faultFrom(thrown);
        if (fault.code === 'INTERNAL') report(fault, { service, operation: name, requestId: context.requestId });
        throw fault;
      }
    };
  }
  return client as Client<C>;
}

const UNSTORABLE = 'must not contain the character U+0000 or half of a surrogate pair';

/** PostgreSQL's text holds neither null characters nor lone surrogates, so no text of ours may. Answers where the first one is. */
function pointerOfUnstorableText(value: unknown): string | undefined {
  if (typeof value === 'string') return value.includes('\0') || !value.isWellFormed() ? '' : undefined;
  if (value === null || typeof value !== 'object' || value instanceof Uint8Array) return undefined;
  for (const key in value) {
    const below = key.includes('\0') ? '' : pointerOfUnstorableText((value as Record<string, unknown>)[key]);
    if (below !== undefined) return pointerTo(key) + below;
  }
  return undefined;
}

/** Refuses callers that the operation's `access` does not name. Services pass: they answer for their own callers. */
export function checkAccess(operation: Pick<Operation, 'access'>, context: { actor: Actor } & Context): void {
  const { access } = operation;
  if (context.actor.kind === 'service' || access === 'public') return;
  if (access === 'service') throw commonErrors.FORBIDDEN({});
  if (context.actor.kind !== 'member') throw commonErrors.UNAUTHENTICATED({});
  if (access !== 'member' && !hasRole(context, ...access)) throw commonErrors.FORBIDDEN({});
}

/**
 * A client for services to call each other with. A caller's Idempotency-Key is for its own request; what that request
 * calls further on has ids of its own to tell repeats by.
 */
export function withoutIdempotencyKey<C extends Contract>(client: Client<C>): Client<C> {
  type Calls = Record<string, (input: unknown, context: Context) => Promise<unknown>>;
  const calls: Calls = {};
  for (const [name, call] of Object.entries(client as unknown as Calls)) {
    calls[name] = (input, { idempotencyKey: _, ...context }) => call(input, context);
  }
  return calls as Client<C>;
}
