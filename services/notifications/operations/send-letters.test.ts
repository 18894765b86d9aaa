import assert from 'node:assert/strict';
import { test } from 'node:test';
import { identityService } from '@plaza/identity';
import type { Platform } from '@plaza/runtime';
import { startTestHost } from '@plaza/runtime/testing';
import { notificationsService } from '../index.ts';
import { insertLetter } from '../store/letter.ts';
import { sendLetters } from './send-letters.ts';

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
    for (const recipient of ['down@example.com', 'up@example.com'])
      await insertLetter(tx, { channel: 'email', recipient, subject: 's', text: 't', html: null }, host.now());
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
