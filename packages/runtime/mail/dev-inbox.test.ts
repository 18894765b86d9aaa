import assert from 'node:assert/strict';
import { appendFile, mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describe, test } from 'node:test';
import { createDevInbox } from './dev-inbox.ts';

const clock = () => new Date('2026-11-21T08:00:00Z');
const letter = (subject: string) => ({ marketplaceId: 'bazaar', to: 'ada@example.test', subject, text: 'Hello' });

async function withFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'plaza-inbox-'));
  try {
    // The inbox makes its folder itself.
    await work(path.join(folder, 'inbox'));
  } finally {
    await rm(folder, { recursive: true });
  }
}

describe('the inbox of a machine without mail', () => {
  test('keeps what several processes send at once, each message whole, and shows the newest first', () =>
    withFolder(async (folder) => {
      const processes = [createDevInbox(folder, clock), createDevInbox(folder, clock)] as const;
      const subjects = Array.from({ length: 60 }, (_, index) => `letter ${index}`);
      await Promise.all(subjects.map((subject, index) => (processes[index % 2] ?? processes[0]).send(letter(subject))));
      await processes[1].sms.send({ marketplaceId: 'bazaar', to: '+66810000000', text: 'Your code is 123456' });

      const [newest, ...others] = await processes[0].list();
      assert.deepEqual({ kind: newest?.kind, text: newest?.text }, { kind: 'sms', text: 'Your code is 123456' });
      assert.deepEqual(others.map(({ subject }) => subject).sort(), subjects.sort());
    }));

  test('what was handed over is shown, though its sender did not wait for it', () =>
    withFolder(async (folder) => {
      const inbox = createDevInbox(folder, clock);
      void inbox.send(letter('first'));
      void inbox.send(letter('second'));
      assert.deepEqual(
        (await inbox.list()).map(({ subject }) => subject),
        ['second', 'first'],
      );
    }));

  test('an empty one has no messages, and half a message is none', () =>
    withFolder(async (folder) => {
      const inbox = createDevInbox(folder, clock);
      assert.deepEqual(await inbox.list(), []);
      await inbox.send(letter('before'));
      await appendFile(path.join(folder, 'messages.ndjson'), '{"id":"01');
      await inbox.send(letter('after'));
      const subjects = (await inbox.list()).map(({ subject }) => subject);
      assert.deepEqual(subjects, ['after', 'before']);
    }));

  test('grows to two files and no further, and keeps the newest', () =>
    withFolder(async (folder) => {
      const inbox = createDevInbox(folder, clock);
      const long = 'x'.repeat(300_000);
      for (let index = 0; index < 30; index++) await inbox.send({ ...letter(`letter ${index}`), text: long });
      assert.deepEqual((await readdir(folder)).sort(), ['messages.ndjson', 'older.ndjson']);
      const kept = (await inbox.list()).map(({ subject }) => subject);
      assert.equal(kept[0], 'letter 29');
      assert.ok(kept.length >= 6 && kept.length < 16, `${kept.length} are kept`);
    }));
});
