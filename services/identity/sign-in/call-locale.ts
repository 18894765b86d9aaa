import { AsyncLocalStorage } from 'node:async_hooks';

const current = new AsyncLocalStorage<string>();

/** Runs `work` so that what it mails is in `locale`. */
export function inLocale<T>(locale: string, work: () => Promise<T>): Promise<T> {
  return current.run(locale, work);
}

/** The language of the call in progress, for the mails and SMS it causes. */
export function callLocale(): string | undefined {
  return current.getStore();
}
