import type { Context, EventEnvelope } from '@plaza/kernel';
import type { Transaction } from '@plaza/runtime';
import type { Message } from '../domain/message.ts';
import { type Dependencies, notify } from '../operations/notify.ts';

/** What a reaction is called with. */
export type Call = { readonly event: EventEnvelope<unknown>; readonly context: Context; readonly tx: Transaction };

/** Tells one person of the event that is reacted to. */
export type Tell = (call: Call, message: Message) => Promise<void>;

export function tellBy(dependencies: Dependencies): Tell {
  return (call, message) => notify(dependencies, call, [{ eventId: call.event.id, message }]);
}
