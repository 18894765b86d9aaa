import assert from 'node:assert/strict';
import { test } from 'node:test';
import sql from 'sql-template-tag';
import { createLogger } from './logger.ts';
import { exampleService } from './testing/example/service.ts';
import { startTestHost } from './testing/index.ts';
import { startTimers } from './timers.ts';

/** Starts a timer of a minute whose lease stands as it does, and says whether it ran at its start. */
async function runsUnder(lease: string): Promise<boolean> {
  await using host = await startTestHost([exampleService]);
  const database = host.database('example');
  await database.system((queries) =>
    queries.execute(
      sql`insert into example.timer_lease (name, locked_until) values ('tick', now() + ${lease}::interval)`,
    ),
  );
  let hasRun = false;
  const run = async () => {
    hasRun = true;
  };
  const timer = { name: 'tick', everySeconds: 60, isDueAtStart: true, run };
  const stop = startTimers(
    [{ service: 'example', database, timers: [timer] }],
    () => ['bazaar'],
    createLogger('silent'),
  );
  await stop();
  return hasRun;
}

test('a timer that another process has just run waits for its turn', async () => {
  assert.equal(await runsUnder('50 seconds'), false);
});

test('a lease from a clock that was ahead does not keep a timer from running: no process can hold one for that long', async () => {
  assert.equal(await runsUnder('1 year'), true);
});
