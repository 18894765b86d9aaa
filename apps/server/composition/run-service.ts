import { bindLocally, type Client, type Contract, type EventEnvelope, type wholeReader } from '@plaza/kernel';
import {
  type AnyServiceDefinition,
  type Carrier,
  createDatabase,
  type Database,
  type Failures,
  type Platform,
  Relay,
  type ScopedPool,
  type Service,
} from '@plaza/runtime';

/** A service of this process. */
export type Running = {
  readonly definition: AnyServiceDefinition;
  readonly database: Database;
  /** Sends what the service announces. */
  readonly relay: Relay;
  readonly service: Service;
  /** Keeps the caller's Idempotency-Key. */
  readonly client: Client<Contract>;
};

export type Surroundings = {
  readonly pool: ScopedPool;
  readonly platform: Omit<Platform, 'database'>;
  /** Every service on the floors below. */
  readonly clients: Readonly<Record<string, Client<Contract>>>;
  readonly readerOf: typeof wholeReader;
  readonly deliver: (events: readonly EventEnvelope[]) => Promise<Failures>;
  /** Whether this process sends events yet; until it does, they stay in the outbox. */
  readonly sendsEvents: () => boolean;
};

/** Makes a service on its own part of the database, and a client for those who call it. */
export async function runService(
  definition: AnyServiceDefinition,
  { pool, platform, clients, readerOf, deliver, sendsEvents }: Surroundings,
): Promise<Running> {
  const { name, contract } = definition;
  const { log } = platform;
  const carrier: Carrier = {
    takes: (count) => sendsEvents() && relay.takes(count),
    take: (events) => relay.take(events),
    wake: () => {
      if (sendsEvents()) relay.wake();
    },
  };
  const database = createDatabase(pool, name, { carrier, readerOf });
  const relay = new Relay(database, deliver, log);
  const service = await definition.create({ ...platform, database, log: log.child({ service: name }) }, clients);
  const client = bindLocally(
    name,
    contract,
    service.handlers,
    (fault, place) => log.error({ err: fault.cause, ...place }, 'an operation failed in an unforeseen way'),
    readerOf,
  );
  return { definition, database, relay, service, client };
}
