import { z } from 'zod';

/** A past-tense fact that a service announces, e.g. `listing.published`. Carries ids and facts, never commands. */
export type EventDefinition<Type extends string = string, Data extends z.ZodType = z.ZodType> = {
  readonly type: Type;
  readonly data: Data;
  readonly summary: string;
};

export function defineEvent<const Type extends string, Data extends z.ZodType>(
  definition: EventDefinition<Type, Data>,
): EventDefinition<Type, Data> {
  return definition;
}

/** An announced event, as CloudEvents 1.0 in JSON (https://cloudevents.io), with our marketplace as an extension. */
export const EventEnvelope = z.object({
  specversion: z.literal('1.0'),
  id: z.string(),
  /** The service that announced it. */
  source: z.string(),
  type: z.string(),
  time: z.iso.datetime(),
  /** The thing it is about: an id. Consumers tolerate re-ordering by comparing versions carried in `data`. */
  subject: z.string(),
  marketplaceid: z.string(),
  data: z.unknown(),
});
export type EventEnvelope<Data = unknown> = Omit<z.output<typeof EventEnvelope>, 'data'> & { readonly data: Data };

/** What an operation hands to `tx.announce`. */
export type Announcement<E extends EventDefinition = EventDefinition> = {
  readonly event: E;
  readonly subject: string;
  readonly data: z.input<E['data']>;
};
