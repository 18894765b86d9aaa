import path from 'node:path';
import {
  type Client,
  type Contract,
  type EventEnvelope,
  shapeReader,
  wholeReader,
  withoutIdempotencyKey,
} from '@plaza/kernel';
import { loadMarketplaces, type Marketplaces } from '@plaza/kernel/marketplace';
import {
  createDevInbox,
  createDiskStorage,
  createSmtpMail,
  type DevInbox,
  deliver,
  type Failures,
  forgetOldRecords,
  type Logger,
  type RawRoute,
  type Storage,
  type Subscriber,
  startTimers,
} from '@plaza/runtime';
import { reachElsewhere } from './composition/elsewhere.ts';
import { createPools } from './composition/pools.ts';
import { type Running, runService } from './composition/run-service.ts';
import { marketplacesChanged } from './composition/shown.ts';
import type { Config } from './config.ts';
import { publicUrlOf } from './public-url.ts';
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
  /** Told of every event once the services here have heard it, so that who asks them then is told what is new. */
  onEvent(listen: (event: EventEnvelope) => void): void;
  /**
   * Told of marketplaces whose goods changed, once every process has taken it. Before, an answer made here may still be
   * of a search index elsewhere that did not hear of it yet.
   */
  onTaken(listen: (marketplaceIds: readonly string[]) => void): void;
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
  const isHere = ({ name }: { readonly name: string }): boolean => only === undefined || only.includes(name);
  const clock = () => new Date();
  const marketplaces = await loadMarketplaces(path.resolve(config.PLAZA_MARKETPLACES_DIR));
  const storage = createDiskStorage(path.join(config.dataFolder, 'files'), config.signingKey, clock);
  const devInbox = createDevInbox(path.join(config.dataFolder, 'inbox'), clock);
  const platform = {
    marketplaces,
    storage,
    mail: config.SMTP_URL === undefined ? devInbox : createSmtpMail(config.SMTP_URL, config.MAIL_FROM),
    sms: devInbox.sms,
    clock,
    log,
    environment: config.environment,
    publicUrl: (marketplaceId: string) => publicUrlOf(config, marketplaces.get(marketplaceId)),
    signingKey: config.signingKey,
  };
  const pools = createPools(config, log);
  const elsewhere = reachElsewhere(
    SERVICES.filter((service) => !isHere(service)),
    config,
  );
  const edgeClients: Record<string, Client<Contract>> = { ...elsewhere.clients };
  const clients: Record<string, Client<Contract>> = Object.fromEntries(
    Object.entries(elsewhere.clients).map(([name, client]) => [name, withoutIdempotencyKey(client)]),
  );
  const running: Running[] = [];
  const subscribers: Subscriber[] = [];
  const listeners: ((event: EventEnvelope) => void)[] = [];
  const takenListeners: ((marketplaceIds: readonly string[]) => void)[] = [];
  let sendsEvents = false;

  const deliverEverywhere = async (events: readonly EventEnvelope[]): Promise<Failures> => {
    const failuresHere = await deliver(subscribers, events);
    for (const event of events) for (const listen of listeners) listen(event);
    const failuresElsewhere = await elsewhere.tell(events);
    const changed = marketplacesChanged(events);
    if (changed.length > 0 && elsewhere.isSomewhere) {
      for (const listen of takenListeners) listen(changed);
      await elsewhere.tellTaken(changed);
    }
    return new Map([...failuresElsewhere, ...failuresHere]);
  };

  for (const definition of SERVICES.filter(isHere).sort((a, b) => a.floor - b.floor)) {
    const { name } = definition;
    const here = await runService(definition, {
      pool: await pools.at(config.environment[`${name.toUpperCase()}_DATABASE_URL`] ?? databaseUrl),
      platform,
      clients,
      readerOf: config.environment.PLAZA_CHECK_ANSWERS === 'whole' ? wholeReader : shapeReader,
      deliver: deliverEverywhere,
      sendsEvents: () => sendsEvents,
    });
    running.push(here);
    edgeClients[name] = here.client;
    clients[name] = withoutIdempotencyKey(here.client);
    subscribers.push({ service: name, database: here.database, reactions: here.service.reactions ?? [] });
  }

  const wakeRelays = () => {
    for (const { relay } of running) relay.wake();
  };
  let stopTimers: (() => Promise<void>) | undefined;
  let sweep: NodeJS.Timeout | undefined;
  return {
    marketplaces,
    storage,
    devInbox,
    // Each service has one: it runs here, is reached elsewhere, or says that it cannot be.
    clients: clients as Clients,
    edgeClients,
    localClients: Object.fromEntries(running.map(({ definition, client }) => [definition.name, client])),
    subscribers,
    rawRoutes: running.flatMap(({ definition, service }) =>
      (service.routes ?? []).map((route) => ({ service: definition.name, route })),
    ),
    onEvent: (listen) => void listeners.push(listen),
    onTaken: (listen) => void takenListeners.push(listen),
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
      sweep = setInterval(wakeRelays, SWEEP_SECONDS * 1000);
      wakeRelays();
    },
    async stop() {
      clearInterval(sweep);
      await stopTimers?.();
      await Promise.all(running.map(({ relay }) => relay.stop()));
      for (const { service } of running.reverse()) await service.stop?.();
      await pools.end();
    },
  };
}
