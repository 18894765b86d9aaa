import path from 'node:path';
import {
  bindLocally,
  type Client,
  type Contract,
  type EventEnvelope,
  shapeReader,
  wholeReader,
  withoutIdempotencyKey,
} from '@plaza/kernel';
import { loadMarketplaces, type Marketplaces } from '@plaza/kernel/marketplace';
import { bindRemotely } from '@plaza/kernel/remote';
import {
  type AnyServiceDefinition,
  type Carrier,
  createDatabase,
  createDevInbox,
  createDiskStorage,
  createSmtpMail,
  type Database,
  type DevInbox,
  deliver,
  type Failures,
  forgetOldRecords,
  type Logger,
  type Platform,
  type RawRoute,
  Relay,
  ScopedPool,
  type Service,
  type Storage,
  type Subscriber,
  startTimers,
} from '@plaza/runtime';
import pg from 'pg';
import type { Config } from './config.ts';
import { type Clients, SERVICES } from './services.ts';

export type CompositionOptions = {
  readonly config: Config;
  readonly log: Logger;
  /** Names of the services that run here; the others are reached at `<SERVICE>_URL`. Absent: all run here. */
  readonly only?: readonly string[];
  /** Connection string for services without a `<SERVICE>_DATABASE_URL` of their own. */
  readonly databaseUrl: string;
};

/** The services of one process, wired to each other, to their databases and to the services that run elsewhere. */
export type Composition = {
  readonly marketplaces: Marketplaces;
  readonly storage: Storage;
  readonly devInbox: DevInbox;
  /** Every service's client, wherever it runs, as other services use it. */
  readonly clients: Clients;
  /** The same for the edge: these keep the caller's Idempotency-Key. */
  readonly edgeClients: Readonly<Record<string, Client<Contract>>>;
  /** Only what runs here: for remote callers. */
  readonly localClients: Readonly<Record<string, Client<Contract>>>;
  readonly rawRoutes: readonly { readonly service: string; readonly route: RawRoute }[];
  readonly subscribers: readonly Subscriber[];
  /** Told of every event delivered here. */
  onEvent(listen: (event: EventEnvelope) => void): void;
  /**
   * Starts timers and the sending of events; before this, nothing happens on its own. A command that works beside a
   * running server leaves both to it: an event handled here would never reach the index that the server keeps.
   */
  start(options?: { leavesEventsToServer?: boolean }): Promise<void>;
  stop(): Promise<void>;
};

/** How often events left by a killed process, or due again, are looked for. */
const SWEEP_SECONDS = 5;

export async function compose({ config, log, only, databaseUrl }: CompositionOptions): Promise<Composition> {
  const isLocal = (name: string): boolean => only === undefined || only.includes(name);
  const clock = () => new Date();
  const marketplaces = await loadMarketplaces(path.resolve(config.PLAZA_MARKETPLACES_DIR));
  const storage = createDiskStorage(path.join(config.dataFolder, 'files'), config.signingKey, clock);
  const devInbox = createDevInbox(path.join(config.dataFolder, 'inbox'), clock);
  const mail = config.SMTP_URL === undefined ? devInbox : createSmtpMail(config.SMTP_URL, config.MAIL_FROM);
  const readerOf = config.environment.PLAZA_CHECK_ANSWERS === 'whole' ? wholeReader : shapeReader;
  const pools = new Map<string, ScopedPool>();
  const relays: Relay[] = [];
  const listeners: ((event: EventEnvelope) => void)[] = [];

  const clients: Record<string, Client<Contract>> = {};
  const edgeClients: Record<string, Client<Contract>> = {};
  const localClients: Record<string, Client<Contract>> = {};
  const running: { definition: AnyServiceDefinition; database: Database; service: Service }[] = [];
  const remoteUrls = new Set<string>();

  for (const { name, contract } of SERVICES) {
    if (isLocal(name)) continue;
    const url = config.environment[`${name.toUpperCase()}_URL`];
    if (url === undefined) {
      clients[name] = edgeClients[name] = unreachable(contract, name);
      continue;
    }
    remoteUrls.add(url);
    edgeClients[name] = bindRemotely(name, contract, url, config.serviceToken);
    clients[name] = withoutIdempotencyKey(edgeClients[name]);
  }

  const deliverEverywhere = async (events: readonly EventEnvelope[]): Promise<Failures> => {
    for (const event of events) for (const listen of listeners) listen(event);
    const failures = new Map(await deliver(subscribers, events));
    const sendAll = async (url: string): Promise<void> => {
      for (const event of events)
        await sendEvent(url, config.serviceToken, event).catch((error) =>
          failures.set(event.id, failures.get(event.id) ?? error),
        );
    };
    await Promise.all([...remoteUrls].map(sendAll));
    return failures;
  };

  const subscribers: Subscriber[] = [];
  let sendsEvents = false;
  for (const definition of [...SERVICES].sort((a, b) => a.floor - b.floor)) {
    const { name } = definition;
    if (!isLocal(name)) continue;
    const url = config.environment[`${name.toUpperCase()}_DATABASE_URL`] ?? databaseUrl;
    const pool = pools.get(url) ?? (await openPool(url, config, log));
    pools.set(url, pool);
    const carrier: Carrier = {
      takes: (count) => sendsEvents && relay.takes(count),
      take: (events) => relay.take(events),
      wake: () => {
        if (sendsEvents) relay.wake();
      },
    };
    const database = createDatabase(pool, name, { carrier, readerOf });
    const relay = new Relay(database, deliverEverywhere, log);
    relays.push(relay);
    const platform: Platform = {
      database,
      marketplaces,
      storage,
      mail,
      sms: devInbox.sms,
      clock,
      log: log.child({ service: name }),
      environment: config.environment,
      publicUrl: (marketplaceId) => publicUrlOf(config, marketplaceId),
      signingKey: config.signingKey,
    };
    const service: Service = await definition.create(platform, clients);
    edgeClients[name] = bindLocally(
      name,
      definition.contract,
      service.handlers,
      (fault, place) => log.error({ err: fault.cause, ...place }, 'an operation failed in an unforeseen way'),
      readerOf,
    );
    localClients[name] = edgeClients[name];
    clients[name] = withoutIdempotencyKey(edgeClients[name]);
    subscribers.push({ service: name, database, reactions: service.reactions ?? [] });
    running.push({ definition, database, service });
  }

  let stopTimers: (() => Promise<void>) | undefined;
  let sweep: NodeJS.Timeout | undefined;
  return {
    marketplaces,
    storage,
    devInbox,
    // Each service has one: it runs here, is reached elsewhere, or says that it cannot be.
    clients: clients as Clients,
    edgeClients,
    localClients,
    subscribers,
    rawRoutes: running.flatMap(({ definition, service }) =>
      (service.routes ?? []).map((route) => ({ service: definition.name, route })),
    ),
    onEvent: (listen) => void listeners.push(listen),
    async start({ leavesEventsToServer = false } = {}) {
      for (const { service } of running) await service.start?.();
      if (leavesEventsToServer) return;
      sendsEvents = true;
      stopTimers = startTimers(
        running.map(({ definition, database, service }) => ({
          service: definition.name,
          database,
          timers: [
            ...(service.timers ?? []),
            { name: 'forget-old-records', everySeconds: 3_600, run: () => forgetOldRecords(database) },
          ],
        })),
        () => marketplaces.list().map(({ id }) => id),
        log,
      );
      sweep = setInterval(() => {
        for (const relay of relays) relay.wake();
      }, SWEEP_SECONDS * 1000);
      for (const relay of relays) relay.wake();
    },
    async stop() {
      clearInterval(sweep);
      await stopTimers?.();
      await Promise.all(relays.map((relay) => relay.stop()));
      for (const { service } of running.reverse()) await service.stop?.();
      await Promise.all([...pools.values()].map((pool) => pool.end()));
    },
  };
}

/** Opens a pool; an owner, whom row-level security would not hold, becomes the application's role. */
async function openPool(url: string, config: Config, log: Logger): Promise<ScopedPool> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  let isOwner: boolean;
  try {
    const found = await client.query(
      `select rolsuper or rolbypassrls or exists (select from pg_namespace where nspname = 'plaza' and nspowner = pg_roles.oid) as is_owner
       from pg_roles where rolname = current_user`,
    );
    isOwner = found.rows[0]?.is_owner === true;
  } finally {
    await client.end();
  }
  return new ScopedPool({
    url,
    connectionsMax: config.DATABASE_CONNECTIONS_MAX,
    ...(isOwner ? { role: 'plaza_app' } : {}),
    onError: (error) => log.warn({ err: error }, 'a database connection was lost'),
  });
}

/** Where people reach a marketplace. `PLAZA_PUBLIC_URL` is a pattern: `https://{marketplace}.example.com`. */
export function publicUrlOf(config: Config, marketplaceId: string): string {
  const pattern = config.PLAZA_PUBLIC_URL ?? `http://{marketplace}.localhost:${config.PORT}`;
  return pattern.replaceAll('{marketplace}', marketplaceId).replace(/\/$/, '');
}

async function sendEvent(url: string, serviceToken: string, event: EventEnvelope): Promise<void> {
  const response = await fetch(new URL('/internal/events', url), {
    method: 'POST',
    headers: { 'content-type': 'application/cloudevents+json', authorization: `Bearer ${serviceToken}` },
    body: JSON.stringify(event),
    signal: AbortSignal.timeout(30_000),
  });
  if (!response.ok) throw new Error(`events were refused with ${response.status} at ${url}`);
}

/** A service that neither runs here nor is known elsewhere: every call says so. */
function unreachable(contract: Contract, name: string): Client<Contract> {
  const refuse = () => Promise.reject(new Error(`Service ${name} does not run here. Set ${name.toUpperCase()}_URL.`));
  return Object.fromEntries(Object.keys(contract).map((each) => [each, refuse])) as unknown as Client<Contract>;
}
