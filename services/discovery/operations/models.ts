import { setImmediate as breathe, setTimeout as delay } from 'node:timers/promises';
import type { Database, Logger } from '@plaza/runtime';
import { type Activity, WEIGHTS } from '../domain/activity.ts';
import { BROWSING, CoOccurrence, type Tuning } from '../domain/co-occurrence.ts';
import { POPULAR_HALF_LIFE_MS, Popularity } from '../domain/popularity.ts';
import { chooseTuning, type LoggedInteraction, TUNED_MAX } from '../domain/tuning.ts';
import { activityPages } from './activity-pages.ts';

/** What was learned of one marketplace. */
export type Model = {
  /** Over everything people do with listings. */
  readonly coOccurrence: CoOccurrence;
  /** Over purchases alone. */
  readonly bought: CoOccurrence;
  readonly popularity: Popularity;
};

/** The newest events a model is made from; older ones say little. */
const LEARNED_MAX = 2_000_000;
/** It is made anew after this, so that it forgets whoever asked for it and hears of what other processes recorded. */
const RENEWED_AFTER_MS = 6 * 3_600_000;
/** How long a feed waits for the first model; then it does with what there is. */
const WAITED_MS = 1_000;
const BOUGHT_PAIRS_MAX = 500_000;

type Held = {
  model: Model;
  /** When the one that is held was begun. */
  begunMs: number;
  /** What came in while the next one is made: it is learned after what was read. */
  waiting: Activity[] | undefined;
  making: Promise<void> | undefined;
};

/** The models of every marketplace, in memory: made from what is kept, and learning from what comes in here. */
export type Models = {
  /** The model to suggest by. While the first one is made it is waited for, but not longer than a page can wait. */
  get(marketplaceId: string): Promise<Model>;
  learn(marketplaceId: string, activities: readonly Activity[]): void;
  forget(marketplaceId: string, actorId: string): void;
  /** Makes it anew; resolves when it is used. */
  renew(marketplaceId: string): Promise<void>;
  /** Resolves when nothing is being made. */
  settle(): Promise<void>;
};

/** Before anything was learned. */
export const emptyModel = (tuning: Tuning): Model => ({
  coOccurrence: new CoOccurrence(tuning),
  bought: new CoOccurrence({ pairsMax: BOUGHT_PAIRS_MAX }),
  popularity: new Popularity(POPULAR_HALF_LIFE_MS),
});

export function createModels({ database, clock, log }: { database: Database; clock: () => Date; log: Logger }): Models {
  const held = new Map<string, Held>();
  let isStopped = false;

  /** Pages of the log, until the service stops. */
  async function* pagesOf(marketplaceId: string, recordedUntil: Date, newest: number): AsyncGenerator<Activity[]> {
    for await (const page of activityPages(database, marketplaceId, { recordedUntil, newest })) {
      if (isStopped) return;
      yield page;
    }
  }

  /** What this marketplace's own visitors say of how to learn from them. */
  async function tune(marketplaceId: string, begun: Date): Promise<Tuning> {
    const log: LoggedInteraction[] = [];
    for await (const page of pagesOf(marketplaceId, begun, TUNED_MAX))
      for (const activity of page) log.push(...interactionsOf(activity));
    const choosing = chooseTuning(log);
    for (;;) {
      const { done, value } = choosing.next();
      if (done === true) return value;
      if (isStopped) return BROWSING;
      await breathe();
    }
  }

  async function make(marketplaceId: string, begun: Date): Promise<Model> {
    const model = emptyModel(await tune(marketplaceId, begun));
    for await (const page of pagesOf(marketplaceId, begun, LEARNED_MAX)) {
      for (const [at, activity] of page.entries()) {
        learnInto(model, activity);
        // Requests are answered between two hundred events.
        if (at % 200 === 199) await breathe();
      }
    }
    return model;
  }

  function renew(marketplaceId: string): Promise<void> {
    const known = held.get(marketplaceId) ?? {
      model: emptyModel(BROWSING),
      begunMs: 0,
      waiting: undefined,
      making: undefined,
    };
    held.set(marketplaceId, known);
    if (known.making !== undefined) return known.making;
    const begun = clock();
    known.waiting = [];
    known.making = make(marketplaceId, begun)
      .then((model) => {
        for (const activity of known.waiting ?? []) learnInto(model, activity);
        Object.assign(known, { model, begunMs: begun.getTime() });
      })
      .catch((error) => log.warn({ err: error, marketplaceId }, 'what visitors did could not be read; tried again'))
      .finally(() => Object.assign(known, { waiting: undefined, making: undefined }));
    return known.making;
  }

  return {
    renew,
    async get(marketplaceId) {
      const known = held.get(marketplaceId);
      if (known === undefined || known.begunMs === 0)
        await Promise.race([renew(marketplaceId), delay(WAITED_MS, undefined, { ref: false })]);
      else if (clock().getTime() - known.begunMs > RENEWED_AFTER_MS) void renew(marketplaceId);
      return (held.get(marketplaceId) as Held).model;
    },
    learn(marketplaceId, activities) {
      const known = held.get(marketplaceId);
      // Not asked for yet: it will be made from what is kept.
      if (known === undefined) return;
      for (const activity of activities) learnInto(known.model, activity);
      known.waiting?.push(...activities);
    },
    forget(marketplaceId, actorId) {
      const known = held.get(marketplaceId);
      known?.model.coOccurrence.forget(actorId);
      known?.model.bought.forget(actorId);
    },
    async settle() {
      isStopped = true;
      await Promise.allSettled([...held.values()].map(({ making }) => making));
    },
  };
}

/** Learns one more event. */
export function learnInto(model: Model, activity: Activity): void {
  for (const { actor, ...interaction } of interactionsOf(activity)) {
    model.coOccurrence.learn(actor, interaction);
    if (activity.kind === 'purchase') model.bought.learn(actor, interaction);
    model.popularity.learn(interaction.item, 1, interaction.atMs);
  }
}

/** Of what somebody did, what they did with a listing. */
export function interactionsOf({
  actorId: actor,
  kind,
  listingId: item,
  occurredMs: atMs,
}: Activity): LoggedInteraction[] {
  return item === null ? [] : [{ actor, item, weight: WEIGHTS[kind], atMs }];
}
