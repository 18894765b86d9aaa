import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
/** The Node that the packages bring: the one everything after the installation runs on. */
export const NODE = path.join(ROOT, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/** An error told in one sentence, without a stack trace. */
export function plain(message) {
  return Object.assign(new Error(message), { isPlain: true });
}

/** Installs the packages of package-lock.json unless they are there. Returns how long it took, in seconds, or 0. */
export async function install() {
  const wanted = createHash('sha256')
    .update(readFileSync(path.join(ROOT, 'package-lock.json')))
    .digest('hex');
  const stamp = path.join(ROOT, 'node_modules', '.plaza-installed');
  if (existsSync(NODE) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  await step('Packages are installed', async () => {
    // Not `npm ci`: it refuses a lock file without the binaries of platforms that the lock's registry did not have.
    // Versions are the lock's all the same.
    const flags = ['--include=dev', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'];
    await command('npm', ['install', ...flags], 'npm install failed. Is the npm registry reachable?', { cwd: ROOT });
    writeFileSync(stamp, wanted);
  });
}

/** Says what is being done, and when it is done how long it took. */
export async function step(what, work) {
  const startedAt = Date.now();
  process.stdout.write(`  … ${what.replace(/ (is|are|answers|pass|agree)\b.*$/, '')}\n`);
  const result = await work();
  process.stdout.write(`  ✓ ${what} ${((Date.now() - startedAt) / 1000).toFixed(1)} s\n`);
  return result;
}

/** Runs a command; its output is shown only when it fails. */
export function command(file, args, whenFailed, options = {}) {
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
      const text = Buffer.concat(output).toString('utf8').trim();
      if (code === 0) return resolve(text);
      reject(plain(`${text.split('\n').slice(-80).join('\n')}\n\n${whenFailed}`));
    });
  });
}
