import type { catalogContract } from '@plaza/catalog/contract';
import type { Client } from '@plaza/kernel';
import { defineService, oneClickStop, timer } from '@plaza/runtime';
import type { searchContract } from '@plaza/search/contract';
import { z } from 'zod';
import { discoveryContract } from './contract.ts';
import { errors } from './errors.ts';
import { discoveryEvents } from './events.ts';
import { manageConsent } from './operations/consent.ts';
import { serveFeed } from './operations/feed.ts';
import { fillListings } from './operations/fill-listings.ts';
import { forgetOldActivity } from './operations/forget-old-activity.ts';
import { importActivity } from './operations/import-activity.ts';
import { readJudges } from './operations/judges.ts';
import { matchSavedSearches } from './operations/match-saved-searches.ts';
import { createModels } from './operations/models.ts';
import { nearestBySearch } from './operations/nearest.ts';
import { queueNewsOf } from './operations/queue-news.ts';
import { recordActivity } from './operations/record-activity.ts';
import { createRecorder } from './operations/recorder.ts';
import { serveRows } from './operations/rows.ts';
import { manageSavedSearches } from './operations/saved-searches.ts';
import { reportSearches } from './operations/search-report.ts';
import { tellSavedSearches } from './operations/tell-saved-searches.ts';
import { trainFeed } from './operations/train-feed.ts';
import { createTrends } from './operations/trends.ts';
import { createReactions } from './reactions.ts';
import { createMemoryBoard } from './trends/memory.ts';

export { discoveryContract } from './contract.ts';

const Environment = z.object({
  /** Days for which what visitors did is kept. */
  PLAZA_ACTIVITY_DAYS: z.coerce.number().int().min(1).max(3650).default(180),
  /** A folder of re-rankers trained on a marketplace's own events: `<marketplace>.json`. */
  PLAZA_FEED_MODELS_DIR: z.string().optional(),
  /** Where trends are counted when several processes run this service. */
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
});

/** What visitors do, with their agreement, and what it tells. Without it the rest of the site goes on as it is. */
export const discoveryService = defineService({
  name: 'discovery',
  floor: 5,
  contract: discoveryContract,
  events: discoveryEvents,
  errors,
  migrations: new URL('./migrations/', import.meta.url),
  async create(
    { database, clock, environment, log, marketplaces },
    { catalog, search }: { catalog: Client<typeof catalogContract>; search: Client<typeof searchContract> },
  ) {
    const settings = Environment.parse(environment);
    const { PLAZA_ACTIVITY_DAYS: keptDays, PLAZA_FEED_MODELS_DIR: folder, REDIS_URL: redisUrl } = settings;
    const recorder = createRecorder({ database, clock });
    const models = createModels({ database, clock, log });
    const judgeOf = await readJudges(folder);
    // Read only where it is used: everybody else need not load a Redis client.
    const board =
      redisUrl === undefined
        ? createMemoryBoard()
        : await (await import('./trends/redis.ts')).createRedisBoard(redisUrl);
    const trends = createTrends({ database, clock, log, board });
    recorder.onRecorded(trends.note);
    recorder.onRecorded((marketplaceId, activities) => models.learn(marketplaceId, activities));
    const savedSearches = manageSavedSearches({ database, clock, marketplaces, search });
    const telling = tellSavedSearches({ database, clock, marketplaces });
    return {
      handlers: {
        recordActivity: recordActivity({ database, clock, recorder }),
        ...manageConsent({ database, clock, keptDays, forget: models.forget }),
        ...importActivity({ database, clock, recorder }),
        ...serveFeed({ database, clock, models, judgeOf }),
        ...serveRows({ database, models, nearest: nearestBySearch(search) }),
        ...trends.handlers,
        ...savedSearches,
        getSearchReport: reportSearches({ database, clock }),
        trainFeed: trainFeed({ database, clock }),
      },
      // `search` names one saved search; without it all of the member's mails end.
      routes: [
        oneClickStop(
          '/unsubscribe/saved-searches/:mailKey',
          discoveryContract.stopSearchAlerts,
          savedSearches.stopSearchAlerts,
          (search) => ({ savedSearchId: search.get('search') ?? undefined }),
        ),
      ],
      reactions: createReactions({ database, recorder, models, queueNewsOf: queueNewsOf({ database, clock }) }),
      timers: [
        timer({
          name: 'fill-listings',
          everySeconds: 5,
          isDueAtStart: true,
          run: fillListings({ database, clock, catalog }),
        }),
        timer({ name: 'close-windows', everySeconds: 5, run: trends.closeWindows }),
        timer({
          name: 'match-saved-searches',
          everySeconds: 5,
          run: matchSavedSearches({ database, clock, log, search }),
        }),
        timer({ name: 'tell-saved-searches', everySeconds: 5, run: telling.tellAtOnce }),
        timer({ name: 'write-digests', everySeconds: 60, run: telling.writeDigests }),
        timer({ name: 'forget-old-matches', everySeconds: 3_600, run: telling.forgetOldMatches }),
        timer({
          name: 'forget-old-activity',
          everySeconds: 3_600,
          run: forgetOldActivity({ database, clock, keptDays }),
        }),
      ],
      async start() {
        // In the background: a feed asked for before it is done waits for it, nothing else does.
        for (const { id } of marketplaces.list()) {
          void models.renew(id);
          // What Redis counted is there already.
          if (redisUrl === undefined)
            void trends.warm(id).catch((error) => log.warn({ err: error, marketplaceId: id }, 'trends begin anew'));
        }
      },
      async stop() {
        await models.settle();
        await trends.stop();
      },
    };
  },
});
