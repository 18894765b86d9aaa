import { commonErrors, idFromUuid } from '@plaza/kernel';
import type { Database, Transaction } from '@plaza/runtime';
import type { Activity } from '../domain/activity.ts';
import { ENTRIES_MAX, userActivity } from '../events.ts';
import { insertActivity } from '../store/activity.ts';

/** Hears of what was kept, after its commit: what is held in memory of it. */
export type ActivityListener = (marketplaceId: string, activities: readonly Activity[]) => void;

/** Keeps what visitors did, and tells of it. */
export type Recorder = {
  /** Resolves when it is kept. Many calls at once share transactions. */
  record(marketplaceId: string, activities: readonly Activity[]): Promise<void>;
  /** The same within a transaction of the caller's; answers how many were new. */
  write(tx: Transaction, activities: readonly Activity[]): Promise<number>;
  onRecorded(listen: ActivityListener): void;
};

/** Events that one transaction keeps. */
const BATCH_MAX = 2_000;
/** Events that wait while the database is slow. Beyond it callers are told to come again. */
const WAITING_MAX = 50_000;

type Waiting = {
  readonly activities: readonly Activity[];
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
};
type Queue = { readonly waiting: Waiting[]; size: number; isRunning: boolean };

/**
 * One transaction at a time for each marketplace, and each takes all that came in while the one before it ran: the more
 * requests there are, the fewer statements each costs. An announcement carries hundreds of events, so the outbox has a row
 * for as many (docs/decisions/0028-activity-feed-and-trends.md).
 */
export function createRecorder({ database, clock }: { database: Database; clock: () => Date }): Recorder {
  const queues = new Map<string, Queue>();
  const listeners: ActivityListener[] = [];

  async function write(tx: Transaction, activities: readonly Activity[]): Promise<number> {
    if (activities.length === 0) return 0;
    const added = await insertActivity(tx, activities, clock());
    const isNew = new Set(added);
    // One that stands twice in the same batch is new once.
    const fresh = activities.filter(({ id }) => isNew.delete(id));
    for (let from = 0; from < fresh.length; from += ENTRIES_MAX) {
      const entries = fresh.slice(from, from + ENTRIES_MAX).map(entryOf);
      await tx.announce(userActivity, tx.marketplaceId, { entries });
    }
    tx.afterCommit(() => {
      for (const listen of listeners) listen(tx.marketplaceId, fresh);
    });
    return fresh.length;
  }

  async function drain(marketplaceId: string, queue: Queue): Promise<void> {
    queue.isRunning = true;
    while (queue.waiting.length > 0) {
      const batch: Waiting[] = [];
      for (let size = 0; queue.waiting.length > 0 && size < BATCH_MAX; ) {
        const next = queue.waiting.shift() as Waiting;
        size += next.activities.length;
        batch.push(next);
      }
      const activities = batch.flatMap((each) => each.activities);
      queue.size -= activities.length;
      try {
        await database.transaction(marketplaceId, (tx) => write(tx, activities));
        for (const { done } of batch) done();
      } catch (error) {
        for (const { failed } of batch) failed(error);
      }
    }
    queue.isRunning = false;
  }

  return {
    write,
    onRecorded: (listen) => void listeners.push(listen),
    record(marketplaceId, activities) {
      const queue = queues.get(marketplaceId) ?? { waiting: [], size: 0, isRunning: false };
      queues.set(marketplaceId, queue);
      if (queue.size + activities.length > WAITING_MAX) throw commonErrors.UNAVAILABLE({});
      queue.size += activities.length;
      return new Promise((done, failed) => {
        queue.waiting.push({ activities, done, failed });
        if (!queue.isRunning) void drain(marketplaceId, queue);
      });
    },
  };
}

const PREFIX = { member: 'member', visitor: 'visitor', order: 'order' } as const;

/** An actor's id as others know it. */
export function actorIdOf({ actorId, actorKind }: Pick<Activity, 'actorId' | 'actorKind'>) {
  return idFromUuid(PREFIX[actorKind], actorId);
}

function entryOf(activity: Activity) {
  const { id, kind, listingId, query, resultCount, position, occurredMs } = activity;
  return {
    id,
    actorId: actorIdOf(activity),
    kind,
    listingId: listingId === null ? null : idFromUuid('listing', listingId),
    query,
    resultCount,
    position,
    occurredTime: new Date(occurredMs).toISOString(),
  };
}
