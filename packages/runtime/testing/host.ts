import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { bindLocally, type Client, type Contract, type Fault, withoutIdempotencyKey } from '@plaza/kernel';
import { loadMarketplaces, type Marketplaces } from '@plaza/kernel/marketplace';
import { bindRemotely, serveRemotely } from '@plaza/kernel/remote';
import { createDatabase, type Database } from '../database/database.ts';
import { ScopedPool } from '../database/pool.ts';
import { deliver, Relay, type Subscriber } from '../events/relay.ts';
import { createLogger } from '../logger.ts';
import { createDevInbox, type InboxMessage } from '../mail/dev-inbox.ts';
import type { AnyServiceDefinition, Platform, RawRoute, Timer } from '../service.ts';
import { createDiskStorage } from '../storage/disk.ts';
import { runTimer } from '../timers.ts';
import type { Binding } from './binding.ts';
import { type Callers, createCallers } from './callers.ts';
import { createTestClock, type TestClock } from './clock.ts';
import { createTestDatabase } from './database.ts';

export type TestHostOptions = {
  readonly binding?: Binding;
  readonly environment?: Readonly<Record<string, string>>;
  /** Other settings than those shipped: gets the shipped marketplaces, answers those of the test. */
  readonly marketplaces?: (shipped: Marketplaces) => Marketplaces;
  /** Stand-ins for services that are not part of this host: what we do not own, or a failure to provoke. */
  readonly clients?: Readonly<Record<string, unknown>>;
  /** Faults nobody declared fail the test unless it says it expects them. */
  readonly onInternal?: (fault: Fault) => void;
};

/** Services as they run in production, on a database of their own, with a clock, timers and events in the test's hand. */
export type TestHost = AsyncDisposable &
  Callers &
  TestClock & {
    client<C extends Contract>(service: string): Client<C>;
    database(service: string): Database;
    /** Runs every timer once, for every marketplace or for the one where something is going on. */
    runTimers(marketplaceId?: string): Promise<void>;
    /** Delivers announced events until none is left. */
    deliver(): Promise<void>;
    mailbox(): Promise<InboxMessage[]>;
    routes(service: string): readonly RawRoute[];
    /** Statements sent to the database during `work`. */
    countStatements(work: () => Promise<unknown>): Promise<number>;
    readonly ownerUrl: string;
    readonly folder: string;
    close(): Promise<void>;
  };

const SERVICE_TOKEN = 'test-service-token';
const REPOSITORY = new URL('../../../', import.meta.url);

/** Read once for all hosts of a process: nothing changes them, and reading them takes longer than most tests. */
let shipped: Marketplaces | undefined;

export async function startTestHost(
  definitions: readonly AnyServiceDefinition[],
  options: TestHostOptions = {},
): Promise<TestHost> {
  const sorted = [...definitions].sort((a, b) => a.floor - b.floor);
  const sources = sorted.map(({ name, migrations }) => ({ schema: name, folder: migrations }));
  const testDatabase = await createTestDatabase(sources);
  const folder = await mkdtemp(path.join(os.tmpdir(), 'plaza-test-'));
  const log = createLogger(process.env.PLAZA_LOG_LEVEL ?? 'silent');
  const pool = new ScopedPool({ url: testDatabase.ownerUrl, role: 'plaza_app', connectionsMax: 20, onError: () => {} });
  const clock = createTestClock();
  const inbox = createDevInbox(path.join(folder, 'inbox'), clock.now);
  shipped ??= loadMarketplaces(new URL('marketplaces/', REPOSITORY));
  const marketplaces = options.marketplaces?.(shipped) ?? shipped;
  const signingKey = 'test-signing-key';
  const platform = {
    marketplaces,
    storage: createDiskStorage(path.join(folder, 'files'), signingKey, clock.now),
    mail: inbox,
    sms: inbox.sms,
    clock: clock.now,
    log,
    signingKey,
    environment: { PLAZA_DATA_DIR: folder, ...options.environment },
    publicUrl: (marketplaceId: string) => `http://${marketplaceId}.localhost:3000`,
  };
  const unforeseen: Fault[] = [];
  const onInternal = options.onInternal ?? ((fault: Fault) => unforeseen.push(fault));
  const remote = options.binding === 'remote' ? await listen(createServer()) : undefined;
  const running = await runServices(sorted, { ...options, onInternal }, { platform, pool, remote });

  const host: TestHost = {
    ...clock,
    ...createCallers(clock.now),
    client: <C extends Contract>(service: string) => running.outside[service] as unknown as Client<C>,
    database: (service) => running.databases.get(service) as Database,
    async runTimers(marketplaceId) {
      const ids = marketplaceId === undefined ? marketplaces.list().map(({ id }) => id) : [marketplaceId];
      for (const { service, timer } of running.timers) await runTimer(service, timer, ids, log);
    },
    async deliver() {
      const relays = [...running.databases.values()].map(
        (database) => new Relay(database, (events) => deliver(running.subscribers, events), log),
      );
      for (let sent = 1; sent > 0; ) {
        sent = 0;
        for (const relay of relays) sent += await relay.drain();
      }
    },
    mailbox: () => inbox.list(),
    routes: (service) => running.routes.get(service) ?? [],
    async countStatements(work) {
      const before = pool.statementsSent;
      await work();
      return pool.statementsSent - before;
    },
    ownerUrl: testDatabase.ownerUrl,
    folder,
    async close() {
      for (const stop of running.stops.reverse()) await stop();
      remote?.server.close();
      remote?.server.closeAllConnections();
      await pool.end();
      await testDatabase.drop();
      await rm(folder, { recursive: true, force: true });
      const first = unforeseen[0];
      if (first !== undefined)
        throw new Error('an operation failed in a way its contract does not declare', { cause: first.cause ?? first });
    },
    [Symbol.asyncDispose]: () => host.close(),
  };
  return host;
}

type Ground = {
  readonly platform: Omit<Platform, 'database'>;
  readonly pool: ScopedPool;
  /** Where services reach one another when they are bound remotely. */
  readonly remote: { readonly server: Server; readonly url: string } | undefined;
};

/** Services from the ground floor up, each with clients of those below it, and what the test then needs of them. */
async function runServices(
  definitions: readonly AnyServiceDefinition[],
  { clients: standIns, onInternal }: Pick<TestHostOptions, 'clients'> & { readonly onInternal: (fault: Fault) => void },
  { platform, pool, remote }: Ground,
) {
  const clients: Record<string, Client<Contract>> = { ...(standIns as Record<string, Client<Contract>>) };
  const locals: Record<string, Client<Contract>> = {};
  const outside: Record<string, Client<Contract>> = {};
  const databases = new Map<string, Database>();
  const routes = new Map<string, readonly RawRoute[]>();
  const subscribers: Subscriber[] = [];
  const timers: { service: string; timer: Timer }[] = [];
  const stops: (() => Promise<void>)[] = [];
  for (const { name, contract, create } of definitions) {
    const database = createDatabase(pool, name);
    const service = await create({ ...platform, database }, clients);
    const local = bindLocally(name, contract, service.handlers, onInternal);
    const client = remote === undefined ? local : bindRemotely(name, contract, remote.url, SERVICE_TOKEN);
    locals[name] = local;
    outside[name] = client;
    clients[name] ??= withoutIdempotencyKey(client);
    databases.set(name, database);
    routes.set(name, service.routes ?? []);
    subscribers.push({ service: name, database, reactions: service.reactions ?? [] });
    for (const timer of service.timers ?? []) timers.push({ service: name, timer });
    await service.start?.();
    if (service.stop !== undefined) stops.push(() => service.stop?.() ?? Promise.resolve());
  }
  if (remote !== undefined) {
    const serve = serveRemotely(locals, SERVICE_TOKEN);
    remote.server.on('request', (request, response) => void serve(request, response));
  }
  return { outside, databases, routes, subscribers, timers, stops };
}

async function listen(server: Server): Promise<{ server: Server; url: string }> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return { server, url: `http://127.0.0.1:${port}` };
}
