import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { v7 } from 'uuid';
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
  readonly time: string;
};

export type DevInbox = Mail & { readonly sms: Sms; list(): Promise<InboxMessage[]> };

/** How many messages the inbox keeps; older ones go, looked for after each so many new ones. */
const KEPT_MAX = 500;
const TIDY_EVERY = 50;

/** The mail and SMS provider of a machine that has none: messages as files in `folder`, newest first on the page. */
export function createDevInbox(folder: string, clock: () => Date): DevInbox {
  let untidied = 0;
  async function keep(message: Omit<InboxMessage, 'id' | 'time'>): Promise<void> {
    const id = v7();
    const file = path.join(folder, `${id}.json`);
    // Written whole, then named: a reader never sees half a message.
    const text = JSON.stringify({ ...message, id, time: clock().toISOString() });
    const write = () => writeFile(`${file}.part`, text, { mode: 0o600 });
    await write().catch(async (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      await mkdir(folder, { recursive: true });
      await write();
    });
    await rename(`${file}.part`, file);
    if (++untidied < TIDY_EVERY) return;
    untidied = 0;
    const names = await fileNames();
    await Promise.all(names.slice(KEPT_MAX).map((name) => rm(path.join(folder, name), { force: true })));
  }
  async function fileNames(): Promise<string[]> {
    const names = await readdir(folder).catch(() => []);
    return names
      .filter((name) => name.endsWith('.json'))
      .sort()
      .reverse();
  }
  return {
    send: (letter) => keep({ kind: 'mail', ...letter }),
    sms: { send: ({ text, ...message }) => keep({ kind: 'sms', ...message, subject: text.slice(0, 60), text }) },
    async list() {
      const names = await fileNames();
      const texts = await Promise.all(
        names.slice(0, 100).map((name) => readFile(path.join(folder, name), 'utf8').catch(() => null)),
      );
      return texts.filter((text) => text !== null).map((text) => JSON.parse(text) as InboxMessage);
    },
  };
}
