import { newUuid, serviceContext } from '@plaza/kernel';
import sql, { raw } from 'sql-template-tag';
import type { Database } from './database/database.ts';
import type { Logger } from './logger.ts';
import type { Timer } from './service.ts';

export type TimedService = { readonly service: string; readonly database: Database; readonly timers: readonly Timer[] };

/** Runs a timer once for every marketplace. One marketplace's failure does not stop the others'. */
export async function runTimer(
  service: string,
  timer: Timer,
  marketplaceIds: readonly string[],
  log: Logger,
): Promise<void> {
  for (const marketplaceId of marketplaceIds) {
    try {
      await timer.run(serviceContext(service, marketplaceId, `tmr_${newUuid()}`));
    } catch (error) {
      log.error({ err: error, service, timer: timer.name, marketplaceId }, 'a timer failed; it runs again');
    }
  }
}

/** Starts all timers; a lease in the database lets one process at a time run each. Returns how to stop them. */
export function startTimers(
  services: readonly TimedService[],
  marketplaceIds: () => readonly string[],
  log: Logger,
): () => Promise<void> {
  const running = new Set<Promise<void>>();
  const handles: NodeJS.Timeout[] = [];
  for (const { service, database, timers } of services) {
    for (const timer of timers) {
      let isRunning = false;
      const tick = async () => {
        if (isRunning) return;
        isRunning = true;
        try {
          if (await takeLease(database, timer)) await runTimer(service, timer, marketplaceIds(), log);
        } catch (error) {
          log.error({ err: error, service, timer: timer.name }, 'a timer could not take its lease');
        } finally {
          isRunning = false;
        }
      };
      const begin = () => {
        const run = tick().finally(() => running.delete(run));
        running.add(run);
      };
      if (timer.isDueAtStart === true) begin();
      handles.push(setInterval(begin, timer.everySeconds * 1000));
    }
  }
  return async () => {
    for (const handle of handles) clearInterval(handle);
    await Promise.all(running);
  };
}

async function takeLease(database: Database, timer: Timer): Promise<boolean> {
  // A little less than the interval, so that the same process may take it at its next tick. A lease that lasts much
  // longer than one taken now is of a clock that was ahead: without the last condition nothing would run until then.
  const seconds = timer.everySeconds * 0.9;
  const taken = await database.system((queries) =>
    queries.execute(sql`
      insert into ${raw(database.schema)}.timer_lease as lease (name, locked_until) values (${timer.name}, now() + ${seconds} * interval '1 second')
      on conflict (name) do update set locked_until = excluded.locked_until where lease.locked_until < now() or lease.locked_until > excluded.locked_until + interval '1 minute'`),
  );
  return taken === 1;
}
