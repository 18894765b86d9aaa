import assert from 'node:assert/strict';
import { test } from 'node:test';
import { identityService } from '@plaza/identity';
import type { Platform } from '@plaza/runtime';
import { startTestHost } from '@plaza/runtime/testing';
import { notificationsService } from '../index.ts';
import { insertLetters, type NewLetter } from '../store/letter.ts';
import { openPost } from './post.ts';
import { claimedUntil, sendLetters } from './send-letters.ts';

const letterTo = (recipient: string): NewLetter => ({
  channel: 'email',
  recipient,
  subject: 's',
  text: 't',
  html: null,
  unsubscribeUrl: null,
});

test('a letter that the provider refuses is tried again later, and holds up no other', async () => {
  await using host = await startTestHost([identityService, notificationsService]);
  const database = host.database('notifications');
  const refused = new Set(['down@example.com']);
  const sent: string[] = [];
  const send = async ({ to }: { to: string }) => {
    if (refused.has(to)) throw new Error('the provider is down');
    sent.push(to);
  };
  const log = { warn: () => {} } as unknown as Platform['log'];
  const platform = { database, mail: { send }, sms: { send }, log, clock: host.now } as unknown as Platform;
  await database.transaction('bazaar', async (tx) => {
    await insertLetters(tx, [letterTo('down@example.com'), letterTo('up@example.com')], { now: host.now() });
  });

  await sendLetters(platform, 'bazaar');
  await sendLetters(platform, 'bazaar');
  assert.deepEqual(sent, ['up@example.com'], 'the other is not due yet');
  refused.clear();
  host.advance({ seconds: 3 });
  await sendLetters(platform, 'bazaar');
  await sendLetters(platform, 'bazaar');
  assert.deepEqual(sent, ['up@example.com', 'down@example.com']);
});

test('what was just written is sent without being read back; what is left when the post closes is due at once', async () => {
  await using host = await startTestHost([identityService, notificationsService]);
  const database = host.database('notifications');
  const sent: string[] = [];
  const finish = Promise.withResolvers<void>();
  const send = ({ to }: { to: string }) => {
    sent.push(to);
    return finish.promise;
  };
  const platform = { database, mail: { send }, sms: { send }, clock: host.now } as unknown as Platform;
  const post = openPost(platform);
  const write = (recipient: string) =>
    database.transaction('bazaar', async (tx) => {
      const now = host.now();
      const written = await insertLetters(tx, [letterTo(recipient)], { now, claimedUntil: claimedUntil(now) });
      tx.afterCommit(() => post.take('bazaar', written));
    });
  await write('first@example.com');
  await write('left@example.com');
  const stopped = post.stop();
  await sendLetters(platform, 'bazaar');
  assert.deepEqual(sent, ['first@example.com'], 'the other is claimed');
  finish.resolve();
  await stopped;
  await sendLetters(platform, 'bazaar');
  assert.deepEqual(sent, ['first@example.com', 'left@example.com']);
});

test('a letter that a clock put off while it was a year ahead is sent when the clock is right again', async () => {
  await using host = await startTestHost([identityService, notificationsService]);
  const database = host.database('notifications');
  const sent: string[] = [];
  const send = async ({ to }: { to: string }) => void sent.push(to);
  const platform = { database, mail: { send }, sms: { send }, clock: host.now } as unknown as Platform;
  const day = (days: number) => new Date(host.now().getTime() + days * 86_400_000);
  await database.transaction('bazaar', async (tx) => {
    await insertLetters(tx, [letterTo('ahead@example.com')], { now: day(365) });
    await insertLetters(tx, [letterTo('tried-again@example.com')], { now: day(1 / 24) });
  });
  await sendLetters(platform, 'bazaar');
  assert.deepEqual(sent, ['ahead@example.com']);
});
