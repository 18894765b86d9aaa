import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';

/** How long work that follows from what was asked may take: a million listings' vectors are made in the background. */
const SETTLE_MS_MAX = 3_600_000;
const POLL_MS = 50;

/** The bench's own connection to Plaza's database, as its owner: it looks on, and its backend is not counted. */
export type Observer = {
  readonly backendPid: number;
  rows<Row>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Resolves when no event is on its way, no effect of an order, no letter and no listing's vector is left to do. */
  settled(): Promise<void>;
  end(): Promise<void>;
};

/** `databaseUrl` with Plaza's schemas in it: start Plaza once before. */
export async function openObserver(databaseUrl: string): Promise<Observer> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const rows = async <Row>(text: string, values: readonly unknown[] = []): Promise<Row[]> =>
    (await client.query(text, [...values])).rows as Row[];
  const [{ pid } = { pid: 0 }] = await rows<{ pid: number }>('select pg_backend_pid() as pid');
  const outboxes = await rows<{ name: string }>(
    `select format('%I.outbox', nspname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where relname = 'outbox'`,
  );
  const waiting = [
    ...outboxes.map(({ name }) => `select from ${name}`),
    'select from orders.effect where due_time is not null',
    'select from notifications.letter',
    'select from search.meaning_text where is_due',
  ];
  const isBusy = `select ${waiting.map((each) => `exists (${each})`).join(' or ')} as busy`;
  return {
    backendPid: pid,
    rows,
    settled: async () => {
      const deadline = Date.now() + SETTLE_MS_MAX;
      while ((await rows<{ busy: boolean }>(isBusy))[0]?.busy) {
        if (Date.now() > deadline)
          throw new Error('what follows from the work does not end: see outbox, effect, letter, meaning_text');
        await delay(POLL_MS);
      }
    },
    end: () => client.end(),
  };
}
