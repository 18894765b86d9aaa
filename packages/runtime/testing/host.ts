import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import {
  bindLocally,
  type Client,
  type Context,
  type Contract,
  type Fault,
  newId,
  type Role,
  type VerificationLevel,
  withoutIdempotencyKey,
} from '@plaza/kernel';
import { loadMarketplaces, type Marketplaces } from '@plaza/kernel/marketplace';
import { bindRemotely, serveRemotely } from '@plaza/kernel/remote';
import { createDatabase, type Database } from '../database/database.ts';
import { ScopedPool } from '../database/pool.ts';
import { deliver, Relay, type Subscriber } from '../events/relay.ts';
import { createLogger } from '../logger.ts';
import { createDevInbox, type InboxMessage } from '../mail/dev-inbox.ts';
import type { AnyServiceDefinition, RawRoute, Timer } from '../service.ts';
import { createDiskStorage } from '../storage/disk.ts';
import { runTimer } from '../timers.ts';
import type { Binding } from './binding.ts';
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
export type TestHost = AsyncDisposable & {
  client<C extends Contract>(service: string): Client<C>;
  database(service: string): Database;
  /** A call by a member, new unless `memberId` is given, with these roles; `isConfirmed`: who just showed who they are. */
  context(options?: {
    marketplaceId?: string;
    roles?: Role[];
    memberId?: string;
    verificationLevel?: VerificationLevel;
    isConfirmed?: boolean;
    idempotencyKey?: string;
  }): Context;
  guest(options?: { marketplaceId?: string; guestId?: string; idempotencyKey?: string }): Context;
  service(options?: { marketplaceId?: string }): Context;
  now(): Date;
  /** From now on time passes only by `advance`, however long the test takes. */
  stopClock(): void;
  advance(time: { seconds?: number; minutes?: number; hours?: number; days?: number }): void;
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
  let offsetMs = 0;
  let stoppedMs: number | undefined;
  const clock = () => new Date((stoppedMs ?? Date.now()) + offsetMs);
  const inbox = createDevInbox(path.join(folder, 'inbox'), clock);
  shipped ??= loadMarketplaces(new URL('marketplaces/', REPOSITORY));
  const marketplaces = options.marketplaces?.(shipped) ?? shipped;
  const signingKey = 'test-signing-key';
  const storage = createDiskStorage(path.join(folder, 'files'), signingKey, clock);

  const clients: Record<string, Client<Contract>> = { ...(options.clients as Record<string, Client<Contract>>) };
  const locals: Record<string, Client<Contract>> = {};
  const databases = new Map<string, Database>();
  const routes = new Map<string, readonly RawRoute[]>();
  const subscribers: Subscriber[] = [];
  const timers: { service: string; timer: Timer }[] = [];
  const stops: (() => Promise<void>)[] = [];
  const unforeseen: Fault[] = [];

  const remote = options.binding === 'remote' ? await listen(createServer()) : undefined;
  for (const definition of sorted) {
    const database = createDatabase(pool, definition.name);
    databases.set(definition.name, database);
    const platform = {
      database,
      marketplaces,
      storage,
      mail: inbox,
      sms: inbox.sms,
      clock,
      log,
      signingKey,
      environment: { PLAZA_DATA_DIR: folder, ...options.environment },
      publicUrl: (marketplaceId: string) => `http://${marketplaceId}.localhost:3000`,
    };
    const service = await definition.create(platform, clients);
    locals[definition.name] = bindLocally(definition.name, definition.contract, service.handlers, (fault) => {
      if (options.onInternal === undefined) unforeseen.push(fault);
      else options.onInternal(fault);
    });
    clients[definition.name] ??=
      remote === undefined
        ? withoutIdempotencyKey(locals[definition.name] as Client<Contract>)
        : withoutIdempotencyKey(bindRemotely(definition.name, definition.contract, remote.url, SERVICE_TOKEN));
    routes.set(definition.name, service.routes ?? []);
    subscribers.push({ service: definition.name, database, reactions: service.reactions ?? [] });
    for (const timer of service.timers ?? []) timers.push({ service: definition.name, timer });
    await service.start?.();
    if (service.stop !== undefined) stops.push(() => service.stop?.() ?? Promise.resolve());
  }
  if (remote !== undefined) {
    const serve = serveRemotely(locals, SERVICE_TOKEN);
    remote.server.on('request', (request, response) => void serve(request, response));
  }
  const outside = Object.fromEntries(
    sorted.map((each) => [
      each.name,
      remote === undefined ? locals[each.name] : bindRemotely(each.name, each.contract, remote.url, SERVICE_TOKEN),
    ]),
  );

  const base = (marketplaceId: string | undefined) => ({
    marketplaceId: marketplaceId ?? 'bazaar',
    locale: 'en',
    requestId: newId('event'),
  });
  const withKey = (key: string | undefined) => (key === undefined ? {} : { idempotencyKey: key });
  const host: TestHost = {
    client: <C extends Contract>(service: string) => outside[service] as unknown as Client<C>,
    database: (service) => databases.get(service) as Database,
    context: ({ marketplaceId, roles, memberId, verificationLevel, isConfirmed, idempotencyKey } = {}) => ({
      ...base(marketplaceId),
      actor: {
        kind: 'member',
        memberId: (memberId ?? newId('member')) as ReturnType<typeof newId<'member'>>,
        roles: roles ?? ['buyer'],
        ...(verificationLevel === undefined ? {} : { verificationLevel }),
        ...(isConfirmed === true ? { confirmedTime: clock().toISOString() } : {}),
      },
      ...withKey(idempotencyKey),
    }),
    guest: ({ marketplaceId, guestId, idempotencyKey } = {}) => ({
      ...base(marketplaceId),
      actor: { kind: 'guest', guestId: guestId ?? newId('event') },
      ...withKey(idempotencyKey),
    }),
    service: ({ marketplaceId } = {}) => ({ ...base(marketplaceId), actor: { kind: 'service', service: 'test' } }),
    now: clock,
    stopClock: () => {
      stoppedMs = Date.now();
    },
    advance: ({ seconds = 0, minutes = 0, hours = 0, days = 0 }) => {
      offsetMs += (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
    },
    async runTimers(marketplaceId) {
      const ids = marketplaceId === undefined ? marketplaces.list().map(({ id }) => id) : [marketplaceId];
      for (const { service, timer } of timers) await runTimer(service, timer, ids, log);
    },
    async deliver() {
      const relays = [...databases.values()].map(
        (database) => new Relay(database, (events) => deliver(subscribers, events), log),
      );
      for (let sent = 1; sent > 0; ) {
        sent = 0;
        for (const relay of relays) sent += await relay.drain();
      }
    },
    mailbox: () => inbox.list(),
    routes: (service) => routes.get(service) ?? [],
    async countStatements(work) {
      const before = pool.statementsSent;
      await work();
      return pool.statementsSent - before;
    },
    ownerUrl: testDatabase.ownerUrl,
    folder,
    async close() {
      for (const stop of stops.reverse()) await stop();
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

async function listen(server: Server): Promise<{ server: Server; url: string }> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return { server, url: `http://127.0.0.1:${port}` };
}
