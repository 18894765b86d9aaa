// `npm start`: everything a fresh clone needs, in order, told as it happens. Plain JavaScript, because it runs on
// whatever Node the machine has (20 or newer) before anything is installed; the rest runs on the Node it installs.
import { fork, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const NODE = path.join(ROOT, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
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

async function install() {
  const wanted = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');
  const stamp = path.join('node_modules', '.plaza-installed');
  if (existsSync(NODE) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  await step('Packages are installed', async () => {
    await command(
      'npm',
      ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'],
      'npm ci failed. Is the npm registry reachable?',
    );
    writeFileSync(stamp, wanted);
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
      execArgv: [],
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
  process.stdout.write(greeting);
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

async function buildWeb() {
  const web = path.join(ROOT, 'apps/web');
  const stamp = path.join(web, '.next', 'plaza-sources');
  const wanted = fingerprint(['apps/web', 'sdk', 'packages/kernel', 'package-lock.json']);
  if (existsSync(path.join(web, '.next', 'BUILD_ID')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted)
    return;
  await step('The web app is built', async () => {
    const next = path.join(ROOT, 'node_modules/next/dist/bin/next');
    await command(NODE, [next, 'build'], 'The web app did not build.', {
      cwd: web,
      env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    });
    mkdirSync(path.dirname(stamp), { recursive: true });
    writeFileSync(stamp, wanted);
  });
}

/** A hash of the sources' names, sizes and times: enough to know whether to build again. */
function fingerprint(places) {
  const hash = createHash('sha256');
  const visit = (place) => {
    const found = statSync(place);
    if (!found.isDirectory()) return hash.update(`${place} ${found.size} ${found.mtimeMs}\n`);
    for (const name of readdirSync(place).sort()) {
      if (name !== 'node_modules' && name !== '.next' && name !== 'next-env.d.ts') visit(path.join(place, name));
    }
  };
  for (const place of places) visit(place);
  return hash.digest('hex');
}

async function step(what, work) {
  const startedAt = Date.now();
  process.stdout.write(`  … ${what.replace(/ (is|are|answers)\b.*$/, '')}\n`);
  await work();
  process.stdout.write(`  ✓ ${what} ${((Date.now() - startedAt) / 1000).toFixed(1)} s\n`);
}

/** Runs a command; its output is shown only when it fails. */
function command(file, args, whenFailed, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      ...options,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });
    const output = [];
    child.stdout.on('data', (chunk) => output.push(chunk));
    child.stderr.on('data', (chunk) => output.push(chunk));
    child.once('error', (error) => reject(plain(`${whenFailed} (${error.message})`)));
    child.once('exit', (code) => {
      if (code === 0) return resolve();
      reject(
        plain(`${Buffer.concat(output).toString('utf8').trim().split('\n').slice(-30).join('\n')}\n\n${whenFailed}`),
      );
    });
  });
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

function plain(message) {
  return Object.assign(new Error(message), { isPlain: true });
}
