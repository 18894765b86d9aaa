import type { Config } from '../config.ts';
import { migrateAll, openDatabase } from './database.ts';
import { step } from './progress.ts';

/** `plaza migrate`: the schemas of all services, as the owner of the database. */
export async function runMigrations(config: Config): Promise<void> {
  const database = await openDatabase(config);
  try {
    await step(
      'Schemas are up to date',
      () => migrateAll(database.ownerUrl),
      (ran) => `${ran} migrations ran`,
    );
  } finally {
    if (database.embedded?.wasRunning === false) await database.embedded.stop();
  }
}
