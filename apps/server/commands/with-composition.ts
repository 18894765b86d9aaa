import { createLogger, type Logger } from '@plaza/runtime';
import { type Composition, compose } from '../composition.ts';
import type { Config } from '../config.ts';
import { migrateAll, openDatabase } from './database.ts';

/**
 * Runs `work` with all services in this process, without opening a door, and puts everything away after it. What it
 * announces waits in the outbox for the server that runs, or for the next start.
 */
export async function withComposition(
  config: Config,
  work: (composition: Composition, log: Logger) => Promise<void>,
): Promise<void> {
  const log = createLogger(config.PLAZA_LOG_LEVEL);
  const database = await openDatabase(config);
  const wasRunning = database.embedded?.wasRunning ?? true;
  try {
    await migrateAll(database.ownerUrl);
    const composition = await compose({ config, log, databaseUrl: database.url });
    try {
      await composition.start({ leavesEventsToServer: true });
      await work(composition, log);
    } finally {
      await composition.stop();
    }
  } finally {
    // A server that serves somebody else right now is left alone.
    if (!wasRunning) await database.embedded?.stop();
  }
}
