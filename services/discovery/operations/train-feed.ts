import { setImmediate as breathe } from 'node:timers/promises';
import type { Handler } from '@plaza/kernel';
import type { Database } from '@plaza/runtime';
import type { discoveryContract } from '../contract.ts';
import { type Activity, WEIGHTS } from '../domain/activity.ts';
import { judgeByDefault, judgeByTrees } from '../domain/rerank.ts';
import { type Group, qualityOf, trainTrees } from '../domain/training/lambda-mart.ts';
import { chooseTuning } from '../domain/tuning.ts';
import { activityPages } from './activity-pages.ts';
import { emptyModel, interactionsOf, learnInto, type Model } from './models.ts';
import { historyOf, readCandidates } from './read-candidates.ts';

/** The newest events that are read: all of them are in memory. */
const EVENTS_MAX = 500_000;
/** Shares of the log that are known, and that are known or learned from. */
const KNOWN_SHARE = 0.6;
const LEARNED_SHARE = 0.8;
/** People whose choices are learned from, or foretold; with fewer than the least chance would decide. */
const PEOPLE_MAX = 400;
const PEOPLE_MIN = 40;

/** One moment of the log: what was known then, and what people did after it. */
type Moment = { readonly known: readonly Activity[]; readonly future: readonly Activity[] };

/** Learns on one part of the log, and measures on a later one, by the features that the server works out itself. */
export function trainFeed({
  database,
  clock,
}: {
  readonly database: Database;
  readonly clock: () => Date;
}): Handler<(typeof discoveryContract)['trainFeed']> {
  async function groupsAt(marketplaceId: string, { known, future }: Moment): Promise<Group[]> {
    const now = known.at(-1);
    if (now === undefined) return [];
    const model = await modelOf(known);
    const histories = Map.groupBy(known, ({ actorId }) => actorId);
    const futures = [...Map.groupBy(future, ({ actorId }) => actorId)].filter(([actorId]) => histories.has(actorId));
    const groups: Group[] = [];
    for (const [actorId, events] of spread(futures, PEOPLE_MAX)) {
      const own = (histories.get(actorId) ?? []).toReversed();
      const hidden = new Set(own.flatMap(({ kind, listingId }) => (kind === 'purchase' ? (listingId ?? []) : [])));
      const past = { history: historyOf(own.flatMap(withListing)), hidden };
      const asked = { marketplaceId, past, nowMs: now.occurredMs, isPast: true };
      const candidates = await readCandidates(database, model, asked);
      const wanted = new Map<string, number>();
      for (const { listingId, kind } of events.flatMap(withListing))
        wanted.set(listingId, Math.max(wanted.get(listingId) ?? 0, WEIGHTS[kind]));
      const grades = candidates.map(({ facts }) => wanted.get(facts.id) ?? 0);
      if (grades.some((grade) => grade > 0)) groups.push({ rows: candidates.map(({ features }) => features), grades });
    }
    return groups;
  }

  return async ({ context: { marketplaceId } }) => {
    const log: Activity[] = [];
    const read = { recordedUntil: clock(), newest: EVENTS_MAX };
    for await (const page of activityPages(database, marketplaceId, read)) log.push(...page);
    const [first, second] = [KNOWN_SHARE, LEARNED_SHARE].map((share) => Math.floor(log.length * share));
    const learning = await groupsAt(marketplaceId, { known: log.slice(0, first), future: log.slice(first, second) });
    const foretelling = await groupsAt(marketplaceId, { known: log.slice(0, second), future: log.slice(second) });
    const counts = { eventCount: log.length, learnedFrom: learning.length, foretold: foretelling.length };
    if (learning.length < PEOPLE_MIN || foretelling.length < PEOPLE_MIN)
      return { ...counts, builtIn: null, learned: null, model: null };
    const trees = await finished(trainTrees(learning));
    const builtIn = qualityOf(judgeByDefault, foretelling);
    const learned = qualityOf(judgeByTrees({ trees }), foretelling);
    const file = { metrics: { ...counts, builtIn, learned }, trainedTime: clock().toISOString(), trees };
    return { ...counts, builtIn, learned, model: learned > builtIn ? JSON.stringify(file) : null };
  };
}

async function modelOf(known: readonly Activity[]): Promise<Model> {
  const model = emptyModel(await finished(chooseTuning(known.flatMap(interactionsOf))));
  for (const activity of known) learnInto(model, activity);
  return model;
}

/** Does the steps one after the other, and lets others work in between. */
async function finished<Result>(steps: Generator<undefined, Result>): Promise<Result> {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
    await breathe();
  }
}

function withListing(activity: Activity): (Activity & { readonly listingId: string })[] {
  const { listingId } = activity;
  return listingId === null ? [] : [{ ...activity, listingId }];
}

/** So many of them, from everywhere: who came first may be of another kind than who came last. */
function spread<Item>(items: readonly Item[], most: number): Item[] {
  const step = Math.max(1, items.length / most);
  return Array.from({ length: Math.min(items.length, most) }, (_, at) => items[Math.floor(at * step)] as Item);
}
