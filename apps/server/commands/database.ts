import { statfsSync } from 'node:fs';
import path from 'node:path';
import { StartProblem } from '@plaza/kernel';
import { type EmbeddedPostgres, type Logger, migrate, startEmbeddedPostgres } from '@plaza/runtime';
import { type Config, describeSystemError } from '../config.ts';
import { SERVICES } from '../services.ts';

export type OpenedDatabase = { readonly url: string; readonly ownerUrl: string; readonly embedded?: EmbeddedPostgres };

/** A new database with the demo in it takes about half of this; a running one needs room for its journal. */
const FREE_MIB_MIN = 256;

/** The database of this installation: the one given by DATABASE_URL, else our own, started when it is not running. */
export async function openDatabase(config: Config): Promise<OpenedDatabase> {
  const given = config.DATABASE_URL;
  if (given !== undefined) return { url: given, ownerUrl: config.DATABASE_MIGRATION_URL ?? given };
  const freeMib = freeMibOf(config.dataFolder);
  if (freeMib < FREE_MIB_MIN) {
    throw new StartProblem(
      `The disk of ${config.dataFolder} has ${freeMib} MiB left; Plaza needs ${FREE_MIB_MIN}. Free some, or point PLAZA_DATA_DIR to another disk.`,
    );
  }
  try {
    const embedded = await startEmbeddedPostgres({ folder: path.join(config.dataFolder, 'postgres') });
    return { url: embedded.ownerUrl, ownerUrl: embedded.ownerUrl, embedded };
  } catch (error) {
    if ((error as { code?: string }).code === undefined) throw error;
    throw new StartProblem(`PostgreSQL could not start in ${config.dataFolder}: ${describeSystemError(error)}.`);
  }
}

/** How often it is looked whether our own database still runs. */
const LOOK_MS = 2_000;

/** Starts our own database again whenever it ends, until told that it may. */
export function keepRunning(database: EmbeddedPostgres, log: Logger): { end(): Promise<void> } {
  let looking: Promise<void> | undefined;
  const look = async (): Promise<void> => {
    try {
      if (await database.revive()) log.warn('PostgreSQL had ended, and was started again');
    } catch (error) {
      log.error({ err: error }, 'PostgreSQL has ended and does not start; it is tried again');
    }
    looking = undefined;
  };
  const timer = setInterval(() => {
    looking ??= look();
  }, LOOK_MS);
  return {
    async end() {
      clearInterval(timer);
      await looking;
    },
  };
}

/** What is left of the disk that holds a folder, in MiB. */
export function freeMibOf(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return Math.floor((bavail * bsize) / 2 ** 20);
}

/** Brings the schemas of all services up to date; of several processes one does it and the others wait. */
export async function migrateAll(ownerUrl: string): Promise<number> {
  try {
    return await migrate(
      ownerUrl,
      SERVICES.map(({ name, migrations }) => ({ schema: name, folder: migrations })),
    );
  } catch (error) {
    const code = (error as { code?: string }).code;
    if (code === 'ECONNREFUSED' || code === 'ENOTFOUND') {
      throw new StartProblem('The database does not answer. Is DATABASE_URL right, and is the server running?');
    }
    if (code === '28P01' || code === '28000')
      throw new StartProblem('The database refused the user or password of DATABASE_URL.');
    if (code === '42501') {
      throw new StartProblem(
        'The database user may not change the schema. Give an owner by DATABASE_MIGRATION_URL, or run "plaza migrate" as the owner and start with PLAZA_MIGRATE=off.',
      );
    }
    throw error;
  }
}
