import {
  type AnswerReader,
  type Client,
  type Context,
  type Contract,
  type EventDefinition,
  type EventEnvelope,
  type FaultDefinition,
  type Handlers,
  shapeReader,
} from '@plaza/kernel';
import type { Marketplaces } from '@plaza/kernel/marketplace';
import type { z } from 'zod';
import type { Database, Transaction } from './database/database.ts';
import type { Logger } from './logger.ts';
import type { Mail, Sms } from './mail/mail.ts';
import type { Storage } from './storage/storage.ts';

/** What the house gives every service. */
export type Platform = {
  readonly database: Database;
  readonly marketplaces: Marketplaces;
  readonly storage: Storage;
  readonly mail: Mail;
  readonly sms: Sms;
  /** Now. Tests turn it forward. */
  readonly clock: () => Date;
  readonly log: Logger;
  /** Settings from the environment; a service parses its own part with Zod, once, at start. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where people reach a marketplace, without a trailing slash: `http://jaikod.localhost:3000`. */
  publicUrl(marketplaceId: string): string;
  /** Secret of this installation, for signatures. Never logged. */
  readonly signingKey: string;
};

/** What a service does when others announce something; each event once in effect. `isForMany`: it takes them together. */
export type Reaction = { readonly eventType: string; readonly parse: (data: unknown) => unknown } & (
  | {
      readonly handle: (call: { events: readonly EventEnvelope[]; context: Context; tx: Transaction }) => Promise<void>;
      readonly isForMany: boolean;
    }
  | { readonly absorb: (call: { events: readonly EventEnvelope[]; context: Context }) => Promise<void> }
);

/** Work by the clock. Runs for each marketplace in turn, in one process at a time; must be safe to repeat. */
export type Timer = {
  readonly name: string;
  readonly everySeconds: number;
  /** It runs as soon as the server does, too, not only when its time has passed once. */
  readonly isDueAtStart?: boolean;
  readonly run: (context: Context) => Promise<void>;
};

/** An HTTP route outside the contract: webhooks of providers, the sign-in library's own endpoints, files. */
export type RawRoute = {
  readonly path: string;
  readonly methods: readonly ('GET' | 'POST' | 'PUT')[];
  readonly handle: (request: Request, context: Context) => Promise<Response>;
};

/** A service, running: its operations, and what it does on its own. */
export type Service<C extends Contract = Contract> = {
  readonly handlers: Handlers<C>;
  readonly reactions?: readonly Reaction[];
  readonly timers?: readonly Timer[];
  readonly routes?: readonly RawRoute[];
  /** After migrations and before the first request: open engines, rebuild what is missing. */
  start?(): Promise<void>;
  stop?(): Promise<void>;
};

/** A service as the composition knows it: name, floor (see docs/architecture.md), public face, and how to make it. */
// biome-ignore lint/suspicious/noExplicitAny: each service names the clients it needs; the composition offers all
export type ServiceDefinition<C extends Contract = Contract, Clients = any> = {
  readonly name: string;
  readonly floor: number;
  readonly contract: C;
  readonly events?: readonly EventDefinition[];
  readonly errors?: Readonly<Record<string, FaultDefinition>>;
  readonly migrations: URL;
  readonly create: (platform: Platform, clients: Clients) => Service<C> | Promise<Service<C>>;
};

/** A service of any contract, where only its shape matters: composing, migrating, documenting. */
// biome-ignore lint/suspicious/noExplicitAny: contracts differ in every type parameter
export type AnyServiceDefinition = ServiceDefinition<any, any>;

export function defineService<
  C extends Contract,
  Clients extends { readonly [service: string]: Client<Contract> } | object,
>(definition: ServiceDefinition<C, Clients>): ServiceDefinition<C, Clients> {
  return definition;
}

/** Declares a reaction. `tx` also holds the note that the event was handled: both commit, or neither. */
export function reaction<E extends EventDefinition>(
  event: E,
  handle: (call: { event: EventEnvelope<z.output<E['data']>>; context: Context; tx: Transaction }) => Promise<void>,
): Reaction {
  return {
    eventType: event.type,
    parse: readerOf(event),
    isForMany: false,
    handle: async ({ events, ...call }) => {
      for (const each of events) await handle({ ...call, event: each as never });
    },
  };
}

/**
 * Declares a reaction to any number of events at once, all of one marketplace, oldest first, in one transaction that
 * also holds the notes that they were handled. None comes that was handled before. When it fails, each event is tried
 * by itself, so that one that cannot be taken holds up no other. For what every sale sets off: its cost is that of a
 * few statements for all (docs/decisions/0025-what-a-checkout-costs.md).
 */
export function reactionToMany<E extends EventDefinition>(
  event: E,
  handle: (call: {
    events: readonly EventEnvelope<z.output<E['data']>>[];
    context: Context;
    tx: Transaction;
  }) => Promise<void>,
): Reaction {
  return { eventType: event.type, parse: readerOf(event), isForMany: true, handle: handle as never };
}

/**
 * Declares a reaction to any number of events at once, all of one marketplace, oldest first. It has no transaction and
 * no inbox: an event may come again, also at the same moment, so only what has the same effect then may be declared so
 * (versions are compared, states are looked at). See docs/decisions/0011-events-absorbed-together.md.
 */
export function absorbing<E extends EventDefinition>(
  event: E,
  absorb: (call: { events: readonly EventEnvelope<z.output<E['data']>>[]; context: Context }) => Promise<void>,
): Reaction {
  return { eventType: event.type, parse: readerOf(event), absorb: absorb as never };
}

/** Reads an event by its shape, made for the first one: who announced it has checked it. */
function readerOf({ data }: EventDefinition): AnswerReader {
  let reader: AnswerReader | undefined;
  return (given) => {
    reader ??= shapeReader(data);
    return reader(given);
  };
}

export function timer(definition: Timer): Timer {
  return definition;
}
