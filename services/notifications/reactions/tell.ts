import type { Context, EventEnvelope } from '@plaza/kernel';
import type { Transaction } from '@plaza/runtime';
import { type Deps, type Message, notify } from '../operations/notify.ts';

/** What a reaction is called with. */
export type Call = { readonly event: EventEnvelope<unknown>; readonly context: Context; readonly tx: Transaction };

/** Tells one person of the event that is reacted to. */
export type Tell = (call: Call, message: Message) => Promise<void>;

export function tellBy(deps: Deps): Tell {
  return (call, message) => notify(deps, call, [{ eventId: call.event.id, message }]);
}
