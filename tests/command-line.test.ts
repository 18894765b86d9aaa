import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { NODE_FLAGS } from '../apps/server/bin/node-flags.mjs';
import { eventually } from './support/eventually.ts';
import { MAIN } from './support/installation.ts';
import { type Plaza, startPlaza } from './support/plaza.ts';
import { openShop } from './support/shop.ts';

const run = promisify(execFile);

let plaza: Plaza;
before(async () => {
  plaza = await startPlaza();
});
after(() => plaza?.[Symbol.asyncDispose]());

/** `plaza …` beside the running server, on the same installation. */
async function command(...words: string[]): Promise<Done> {
  return commandWith({}, ...words);
}

type Done = { readonly code: number; readonly stdout: string; readonly stderr: string };

/** The same with settings of its own. */
async function commandWith(settings: Readonly<Record<string, string>>, ...words: string[]): Promise<Done> {
  const { databaseUrl, folder } = plaza.installation;
  const env = {
    PATH: process.env.PATH,
    DATABASE_URL: databaseUrl,
    PLAZA_DATA_DIR: folder,
    PLAZA_DEMO: 'off',
    PLAZA_SIGNING_KEY: 'system-test-signing-key',
    ...settings,
  };
  return run(process.execPath, [...NODE_FLAGS, MAIN, ...words], { env }).then(
    (done) => ({ code: 0, ...done }),
    (failed: { code: number; stdout: string; stderr: string }) => failed,
  );
}

test('what `plaza import` brings in beside a running server is found by it', async () => {
  const { storeId } = await openShop(plaza, 'bazaar');
  const file = path.join(plaza.installation.folder, 'lamps.csv');
  await writeFile(file, "title,price,stock,category,condition\nO'Hara's brass lamp,45.00,3,lighting,good\n");
  const words = ['import', file, '--marketplace', 'bazaar', '--store', storeId];

  const dry = await command(...words, '--dry-run');
  assert.match(dry.stdout, /^Checked 1 rows: 1 listings, 1 new/m);
  const done = await command(...words);
  assert.match(done.stdout, /^Imported 1 rows: 1 listings, 1 new/m);
  const again = await command(...words);
  assert.match(again.stdout, /1 as before/);

  const guest = plaza.client({ marketplace: 'bazaar' });
  await eventually(async () => {
    const { items } = await guest.search.searchListings({ q: 'brass lamp' });
    assert.deepEqual(
      items.map(({ title }) => title),
      ["O'Hara's brass lamp"],
    );
  });
});

test('`plaza doctor` finds nothing wrong with it', async () => {
  const { code, stdout } = await command('doctor');
  assert.equal(code, 0, stdout);
  assert.match(stdout, /Ledger of bazaar: balanced/);
});

test('`plaza grant` makes the first admin of somebody who signed up and opened the mailed link', async () => {
  const email = 'founder@example.test';
  const grant = () => command('grant', 'admin', email, '--marketplace', 'bazaar');
  assert.match((await grant()).stderr, /There is no such member\.\nSign up .*\/sign-up/);

  const visitor = plaza.client({ marketplace: 'bazaar' });
  await visitor.identity.signUp({ email, password: 'correct horse battery', displayName: 'Ada' });
  assert.match((await grant()).stderr, /Open the link in the mail/);
  const token = await eventually(async () => {
    const letters = (await plaza.mailbox()).filter(({ to }) => to === email).map(({ text }) => text);
    const [, found] = /verify-email\?token=(\S+)/.exec(letters.join('\n')) ?? [];
    assert.ok(found);
    return decodeURIComponent(found);
  });
  await visitor.identity.verifyEmail({ token });
  const { code, stdout, stderr } = await grant();
  assert.equal(code, 0, stderr);
  assert.match(stdout, /^Ada \(founder@example\.test\) is buyer, admin of bazaar\.$/m);

  const wrong = await command('grant', 'king', email, '--marketplace', 'bazaar');
  assert.match(wrong.stderr, /^Say who becomes what.*\nRoles: buyer, seller, moderator, admin\.$/m);
});

test('a command that is told too little says what it needs, in one sentence and without a stack', async () => {
  const { code, stderr } = await command('import', 'lamps.csv');
  assert.notEqual(code, 0);
  assert.match(stderr, /^Say what goes where: plaza import/m);
  assert.doesNotMatch(stderr, /\n\s+at /);
});

test('a process that would lose the money, and a provider without its secrets, stop it and are told without a stack', async () => {
  const marketplaces = path.join(plaza.installation.folder, 'marketplaces');
  const change = async (file: string, from: string, to: string): Promise<Done> => {
    await cp(fileURLToPath(new URL('../marketplaces/', import.meta.url)), marketplaces, { recursive: true });
    const place = path.join(marketplaces, file);
    await writeFile(place, (await readFile(place, 'utf8')).replace(from, to));
    return commandWith({ PLAZA_MARKETPLACES_DIR: marketplaces }, 'doctor');
  };
  const lost = await change('bazaar/processes/retail.yaml', 'effects: [release]', 'effects: []');
  assert.equal(lost.code, 1);
  assert.match(lost.stderr, /^\nThe process bazaar\/processes\/retail.yaml cannot run:\n {2}the money is neither/);
  const bare = await change('bazaar/marketplace.yaml', 'provider: simulated', 'provider: stripe');
  assert.match(
    bare.stderr,
    /^\nPayments cannot start:\n- bazaar: stripe needs the setting PLAZA_BAZAAR_STRIPE_SECRET_KEY/,
  );
  for (const { stderr } of [lost, bare]) assert.doesNotMatch(stderr, /\n {4}at /);
});
