// `npm start`: everything a fresh clone needs, in order, told as it happens. Plain JavaScript, because it runs on
// whatever Node the machine has (20 or newer) before anything is installed; the rest runs on the Node it installs.
import { fork } from 'node:child_process';
import { createServer } from 'node:net';
import path from 'node:path';
import { NODE_FLAGS } from '../apps/server/bin/node-flags.mjs';
import { buildWeb } from './build-web.mjs';
import { install, NODE, plain, ROOT, step } from './install.mjs';

const port = process.env.PORT ?? '3000';
/** A child that crashes more often than this within a minute is not started again. */
const RESTARTS_PER_MINUTE_MAX = 5;

process.chdir(ROOT);
try {
  checkNode();
  await checkPort();
  await install();
  await run();
} catch (error) {
  process.stderr.write(`\n${error.isPlain ? error.message : error.stack}\n`);
  process.exit(1);
}

function checkNode() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < 20)
    throw plain(`Plaza needs Node 20 or newer; this is ${process.version}. Get a newer one from https://nodejs.org.`);
}

async function checkPort() {
  await new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error) => {
      if (error.code === 'EADDRINUSE')
        reject(plain(`Port ${port} is taken. Stop what uses it, or choose another: PORT=3100 npm start`));
      else if (error.code === 'EACCES')
        reject(plain(`Port ${port} may not be opened by you. Choose one above 1023: PORT=3100 npm start`));
      else resolve();
    });
    probe.listen(Number(port), () => probe.close(resolve));
  });
}

async function run() {
  const webPort = await freePort();
  const environment = { ...process.env, PLAZA_WEB_URL: `http://127.0.0.1:${webPort}` };
  const built = buildWeb();
  // Told below, together with the server's own news; here only so that an early failure is not "unhandled".
  built.catch(() => {});
  const server = keepRunning('server', () =>
    fork(path.join(ROOT, 'apps/server/main.ts'), ['serve', ...process.argv.slice(2)], {
      execPath: NODE,
      execArgv: NODE_FLAGS,
      env: environment,
    }),
  );
  const greeting = await server.ready;
  await built;
  const web = keepRunning('web app', () =>
    fork(path.join(ROOT, 'scripts/web.mjs'), [String(webPort)], {
      execPath: NODE,
      execArgv: [],
      env: {
        ...environment,
        NODE_ENV: 'production',
        PLAZA_API_URL: process.env.PLAZA_API_URL ?? `http://127.0.0.1:${port}`,
      },
    }),
  );
  await step('The web app answers', () => web.ready);
  process.stdout.write(`\nPlaza is open, ${(performance.now() / 1000).toFixed(1)} s after its start.\n${greeting}`);
  // A terminal sends Ctrl-C to all of us at once; the server says when it is down.
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.on(signal, async () => {
      await Promise.all([web.stop(), server.stop()]);
      process.exit(0);
    });
  }
}

/** Starts a child, and again when it dies by accident. `ready` resolves with the text of its first message. */
function keepRunning(name, start) {
  let isStopping = false;
  let child;
  let tellReady;
  let tellFailed;
  const deaths = [];
  const ready = new Promise((resolve, reject) => {
    tellReady = resolve;
    tellFailed = reject;
  });
  const launch = () => {
    let isReady = false;
    child = start();
    child.once('message', ({ greeting }) => {
      isReady = true;
      tellReady(greeting);
    });
    child.once('exit', (code, signal) => {
      if (isStopping) return;
      if (!isReady) {
        tellFailed(plain(`The ${name} did not start.`));
        process.exit(1);
      }
      const now = Date.now();
      deaths.push(now);
      if (deaths.filter((at) => now - at < 60_000).length > RESTARTS_PER_MINUTE_MAX) {
        process.stderr.write(`\nThe ${name} keeps ending; giving up.\n`);
        process.exit(1);
      }
      process.stderr.write(`\nThe ${name} ended (${signal ?? code}); starting it again.\n`);
      launch();
    });
  };
  launch();
  return {
    ready,
    stop: () =>
      new Promise((resolve) => {
        isStopping = true;
        if (child.exitCode !== null || child.signalCode !== null) return resolve();
        child.once('exit', resolve);
        child.kill('SIGTERM');
      }),
  };
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port: found } = probe.address();
      probe.close(() => resolve(found));
    });
  });
}
