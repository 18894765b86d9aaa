import { appendFile, mkdir, readFile, rename, stat } from 'node:fs/promises';
import path from 'node:path';
import { newUuid } from '@plaza/kernel';
import type { Mail, Sms } from './mail.ts';

/** A message that would have been sent, kept to be looked at on `/dev/inbox`. */
export type InboxMessage = {
  readonly id: string;
  readonly kind: 'mail' | 'sms';
  readonly marketplaceId: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  readonly unsubscribeUrl?: string;
  readonly time: string;
};

export type DevInbox = Mail & { readonly sms: Sms; list(): Promise<InboxMessage[]> };

/** Two files of at most about this size are kept: the one written to, and the one before it. */
const FILE_BYTES_MAX = 2_000_000;
const SHOWN_MAX = 100;

/**
 * The mail and SMS provider of a machine that has none: messages as lines of a file in `folder`, newest first on the
 * page. Several processes may write to it: what is appended at once stays together, and half a line is not read.
 */
export function createDevInbox(folder: string, clock: () => Date): DevInbox {
  const file = path.join(folder, 'messages.ndjson');
  const olderFile = path.join(folder, 'older.ndjson');
  let waiting: string[] = [];
  let writing: Promise<void> | undefined;
  /** Begins at the limit, so that a file that earlier runs left is tidied with the first write. */
  let bytesSinceTidied = FILE_BYTES_MAX;

  /** Messages that come while others are written go together in the next write. */
  async function keep(message: Omit<InboxMessage, 'id' | 'time'>): Promise<void> {
    waiting.push(`${JSON.stringify({ ...message, id: newUuid(), time: clock().toISOString() })}\n`);
    await writing?.catch(() => {});
    writing ??= write().finally(() => {
      writing = undefined;
    });
    await writing;
  }
  async function write(): Promise<void> {
    // Begins on a line of its own: a process may have died within the one before.
    const text = `\n${waiting.join('')}`;
    waiting = [];
    const append = () => appendFile(file, text, { mode: 0o600 });
    await append().catch(async (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      await mkdir(folder, { recursive: true });
      await append();
    });
    bytesSinceTidied += text.length;
    if (bytesSinceTidied > FILE_BYTES_MAX) await tidy();
  }
  async function tidy(): Promise<void> {
    bytesSinceTidied = 0;
    const { size } = await stat(file);
    if (size > FILE_BYTES_MAX) await rename(file, olderFile);
  }
  return {
    send: (letter) => keep({ kind: 'mail', ...letter }),
    sms: { send: ({ text, ...message }) => keep({ kind: 'sms', ...message, subject: text.slice(0, 60), text }) },
    async list() {
      // What was handed over before is there, also where its sender does not wait for it.
      while (writing !== undefined || waiting.length > 0) await writing?.catch(() => {});
      const newest = await messagesIn(file);
      const older = newest.length < SHOWN_MAX ? await messagesIn(olderFile) : [];
      return [...older, ...newest].slice(-SHOWN_MAX).reverse();
    },
  };
}

async function messagesIn(file: string): Promise<InboxMessage[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return text.split('\n').flatMap((line) => {
    try {
      return [JSON.parse(line) as InboxMessage];
    } catch {
      // An empty line, or what a process wrote of a message before it died.
      return [];
    }
  });
}
