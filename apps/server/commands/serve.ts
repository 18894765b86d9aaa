import { rm } from 'node:fs/promises';
import { flushCompileCache } from 'node:module';
import path from 'node:path';
import { StartProblem } from '@plaza/kernel';
import { createLogger, type Logger } from '@plaza/runtime';
import { giveBackWhenIdle } from '@plaza/runtime/idle-memory';
import { type Composition, compose } from '../composition.ts';
import { type Config, describeSystemError } from '../config.ts';
import { createServer } from '../http/server.ts';
import { publicUrlOf } from '../public-url.ts';
import { keepRunning, migrateAll, openDatabase } from './database.ts';
import { say, step } from './progress.ts';

export type ServeOptions = { readonly only?: readonly string[]; readonly isFresh: boolean };

/** Runs Plaza, or a part of it, until it is told to stop. Resolves when everything is down again. */
export async function serve(config: Config, { only, isFresh }: ServeOptions): Promise<void> {
  const startedAt = performance.now();
  const log = createLogger(config.PLAZA_LOG_LEVEL);
  if (isFresh) await step('Forgot the data', () => forgetData(config));
  const database = await step(
    'PostgreSQL is ready',
    () => openDatabase(config),
    ({ embedded }) => (embedded === undefined ? 'yours' : embedded.isNew ? 'ours, new' : 'ours'),
  );
  const keeping = database.embedded === undefined ? undefined : keepRunning(database.embedded, log);
  try {
    if (config.environment.PLAZA_MIGRATE !== 'off') {
      await step(
        'Schemas are up to date',
        () => migrateAll(database.ownerUrl),
        (ran) => (ran === 0 ? '' : `${ran} migrations`),
      );
    }
    const composition = await compose({
      config,
      log,
      databaseUrl: database.url,
      ...(only === undefined ? {} : { only }),
    });
    await step(
      'Services run',
      () => composition.start(),
      () => (only === undefined ? 'all' : only.join(', ')),
    );
    const server = await createServer({ config, composition, log });
    await listen(config, server);
    if (config.isDemo && only === undefined) await seed(composition, config, log);
    const greeting = greetingOf(config, composition, only);
    // Started by `npm start`, which greets when the web app is ready too.
    if (process.send === undefined)
      say(`\nPlaza is open, ${((performance.now() - startedAt) / 1000).toFixed(1)} s after its start.\n${greeting}`);
    else process.send({ greeting: `${greeting}\n` });
    // Now, not at the end: a server that is killed would leave nothing to the next.
    flushCompileCache();
    giveBackWhenIdle();
    await untilToldToStop();
    say('\nStopping…');
    await server.close();
    await composition.stop();
  } finally {
    await keeping?.end();
    await database.embedded?.stop();
  }
  say('Stopped.');
}

async function seed(composition: Composition, config: Config, log: Logger): Promise<void> {
  const { seedDemo } = await import('../demo/index.ts');
  await step('Demo marketplaces are filled', () =>
    seedDemo({
      clients: composition.clients,
      marketplaces: composition.marketplaces,
      dataFolder: config.dataFolder,
      log,
    }),
  );
}

async function listen(
  config: Config,
  server: { listen(options: { port: number; host: string }): Promise<string> },
): Promise<void> {
  try {
    // All interfaces of this machine's loopback: browsers resolve *.localhost to ::1 or to 127.0.0.1.
    await server.listen({ port: config.PORT, host: config.HOST ?? '::' });
  } catch (error) {
    const code = (error as { code?: string }).code;
    if (code === 'EAFNOSUPPORT' || code === 'EADDRNOTAVAIL') {
      await server.listen({ port: config.PORT, host: '0.0.0.0' });
      return;
    }
    throw new StartProblem(
      code === 'EADDRINUSE'
        ? `Port ${config.PORT} is taken. Stop what uses it, or choose another: PORT=3100 npm start`
        : `Cannot listen on port ${config.PORT}: ${describeSystemError(error)}.`,
    );
  }
}

/** Where everything is that opened. */
function greetingOf(config: Config, composition: Composition, only: readonly string[] | undefined): string {
  if (only !== undefined) return `  Services ${only.join(', ')} on port ${config.PORT}`;
  const lines = ['', `  All marketplaces  http://localhost:${config.PORT}`];
  for (const each of composition.marketplaces.list())
    lines.push(`  ${each.id.padEnd(16)}  ${publicUrlOf(config, each)}`);
  lines.push(`  API               http://localhost:${config.PORT}/api/v1/openapi.json`);
  if (config.isDemo) {
    if (config.SMTP_URL === undefined) lines.push(`  Mail and SMS      http://localhost:${config.PORT}/dev/inbox`);
    lines.push('', '  Demo accounts in each: buyer@demo.test, seller@demo.test, moderator@demo.test, admin@demo.test');
    lines.push('  Password: plaza-demo   ·   Card: 4242 4242 4242 4242');
  } else if (config.SMTP_URL === undefined) {
    lines.push(
      `  Mail              sent to nobody, but kept in ${path.join(config.dataFolder, 'inbox')}: set SMTP_URL`,
    );
  }
  return [...lines, '', '  Ctrl-C stops everything.'].join('\n');
}

async function forgetData(config: Config): Promise<void> {
  if (config.DATABASE_URL !== undefined)
    throw new StartProblem('--fresh forgets only our own database. Empty yours by its own tools.');
  const running = await openDatabase(config);
  await running.embedded?.stop();
  for (const name of ['postgres', 'files', 'inbox', 'search'])
    await rm(path.join(config.dataFolder, name), { recursive: true, force: true });
}

/** Ctrl-C, a polite kill, or the end of the process that started us. */
function untilToldToStop(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
    process.once('disconnect', () => resolve());
  });
}
