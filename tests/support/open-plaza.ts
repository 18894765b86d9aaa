import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { text as textOf } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { freePort } from '@plaza/runtime/testing';
import { type Browser, chromium } from 'playwright-core';
import { createDemoInstallation } from './demo.ts';
import { type Plaza, startPlaza } from './plaza.ts';

const WEB = fileURLToPath(new URL('../../scripts/web.mjs', import.meta.url));

/** The demo as `npm start` opens it: server, web app, four filled marketplaces behind one door; and a browser to look at it with. */
export type OpenPlaza = AsyncDisposable & {
  readonly browser: Browser;
  readonly plaza: Plaza;
  /** An address in a marketplace, as people type it. */
  at(marketplace: string, path: string): string;
  /** What an address answers to somebody who runs no script; without a marketplace, that of the bare host. */
  read(marketplace: string | undefined, path: string): Promise<{ status: number; text: string }>;
};

export async function openPlaza(environment: Readonly<Record<string, string>> = {}): Promise<OpenPlaza> {
  const installation = await createDemoInstallation();
  const webPort = await freePort();
  const web = fork(WEB, [String(webPort)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      PLAZA_DEMO: 'on',
      PLAZA_API_URL: `http://127.0.0.1:${installation.port}`,
    },
  });
  const isUp = new Promise<void>((resolve, reject) => {
    web.once('message', () => resolve());
    web.once('exit', (code) => reject(new Error(`the web app ended with ${code} before it was ready`)));
  });
  const plaza = await startPlaza({
    installation,
    environment: { PLAZA_DEMO: 'on', PLAZA_WEB_URL: `http://127.0.0.1:${webPort}`, ...environment },
  });
  const [browser] = await Promise.all([openBrowser(), isUp]);
  return {
    browser,
    plaza,
    at: (marketplace, path) => `http://${marketplace}.localhost:${installation.port}${path}`,
    async read(marketplace, path) {
      // Only browsers resolve `*.localhost` everywhere; the server goes by the name that is asked for.
      const { port } = installation;
      const host = marketplace === undefined ? `localhost:${port}` : `${marketplace}.localhost:${port}`;
      const answer = get({ host: '127.0.0.1', port, path, headers: { host } });
      const [response] = (await once(answer, 'response')) as [IncomingMessage];
      return { status: response.statusCode ?? 0, text: await textOf(response) };
    },
    async [Symbol.asyncDispose]() {
      await browser.close();
      const gone = new Promise((resolve) => web.once('exit', resolve));
      web.kill('SIGTERM');
      await gone;
      await plaza.stop();
      await installation.remove();
    },
  };
}

/** Debian's Chromium without a window, which takes half the time beside a page; the whole one where only that is there. */
const BROWSERS = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];

/** Without a process that would do what a graphics card does: nothing here needs one, and it takes a tenth of the time. */
function openBrowser(): Promise<Browser> {
  const executablePath = BROWSERS.find((program) => existsSync(program));
  if (executablePath === undefined) throw new Error('There is no browser: apt-get install chromium-headless-shell');
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'] });
}
