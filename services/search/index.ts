import path from 'node:path';
import type { catalogContract } from '@plaza/catalog/contract';
import type { Client } from '@plaza/kernel';
import type { mediaContract } from '@plaza/media/contract';
import { defineService, type Platform, timer } from '@plaza/runtime';
import { searchContract } from './contract.ts';
import { createEmbeddedEngine } from './engine/embedded/engine.ts';
import { searchThreadsFrom } from './engine/embedded/settings.ts';
import type { SearchEngine } from './engine/engine.ts';
import { createOpenSearchEngine } from './engine/opensearch/engine.ts';
import { errors } from './errors.ts';
import { createMeaning } from './meaning/meaning.ts';
import { embeddingsFrom } from './meaning/settings.ts';
import { createIndexChecking } from './operations/check-index.ts';
import { exportJudgements } from './operations/export-judgements.ts';
import { manageJudgements } from './operations/judgements.ts';
import { listNearest } from './operations/list-nearest.ts';
import { getIndexedVersions, matchListings } from './operations/match-listings.ts';
import { createRelevanceMeasures } from './operations/measure-relevance.ts';
import { createRatings, withRatings } from './operations/ratings.ts';
import { createRebuilding } from './operations/rebuild.ts';
import { searchListings, suggest } from './operations/search-listings.ts';
import { createRuleBook } from './operations/search-rules.ts';
import { createVisualSearch } from './operations/visual.ts';
import { searchReactions } from './reactions.ts';

export { searchContract } from './contract.ts';

/**
 * Finding listings. Their index is in OpenSearch (`OPENSEARCH_URL`), or else in files in `search/` of the data directory
 * (`PLAZA_DATA_DIR`, default `.plaza`).
 */
export const searchService = defineService({
  name: 'search',
  floor: 4,
  contract: searchContract,
  errors,
  migrations: new URL('./migrations/', import.meta.url),
  create: async (
    { database, marketplaces, clock, environment, log },
    { catalog, media }: { catalog: Client<typeof catalogContract>; media: Client<typeof mediaContract> },
  ) => {
    const meaning = createMeaning({ database, clock, log, embeddings: await embeddingsFrom(environment) });
    const engine = withRatings({ database }, meaning.following(engineFor(environment)));
    const rules = createRuleBook({ database, marketplaces, clock });
    const checking = createIndexChecking({ database, marketplaces, clock, engine, catalog });
    const search = searchListings({ marketplaces, clock, engine, rules, meaning });
    const measures = createRelevanceMeasures({ database, clock, search });
    const ratings = createRatings({ database, marketplaces, engine, catalog });
    const visual = createVisualSearch({ database, marketplaces, clock, engine, media });
    const rebuilding = createRebuilding({ database, marketplaces, clock, engine, catalog, tellAlso: visual.absorb });
    return {
      handlers: {
        searchListings: search,
        suggest: suggest({ marketplaces, engine }),
        listNearest: listNearest({ meaning }),
        matchListings: matchListings({ marketplaces, engine, rules }),
        getIndexedVersions: getIndexedVersions({ engine }),
        getSearchRules: rules.getSearchRules,
        updateSearchRules: rules.updateSearchRules,
        ...manageJudgements({ database, clock, search, catalog }),
        ...measures.handlers,
        exportJudgements: exportJudgements({ database, marketplaces, catalog }),
        checkSearchIndex: checking.checkSearchIndex,
        getSearchIndexCheck: checking.getSearchIndexCheck,
        ...visual.handlers,
        rebuildSearchIndex: ({ context }) => rebuilding.rebuild(context),
      },
      reactions: [...searchReactions({ marketplaces, engine }), ...ratings.reactions, ...visual.reactions],
      timers: [
        // A listing is found by its words at once, and a few seconds later by what it means.
        timer({ name: 'make-vectors', everySeconds: 3, run: meaning.fill }),
        // The catalog may run elsewhere and start later: tried again until it answers. At start, so that an index is there
        // before the first import, which would else be read again whole to fill it.
        timer({
          name: 'ensure-index',
          everySeconds: 3,
          isDueAtStart: true,
          run: (context) => rebuilding.ensure(context),
        }),
        visual.timer,
        timer({ name: 'put-stores-again', everySeconds: 5, run: ratings.putStoresAgain }),
        timer({
          name: 'rebuild-index',
          everySeconds: 86_400,
          run: async (context) => {
            await rebuilding.rebuild(context);
          },
        }),
        timer({
          name: 'check-index',
          everySeconds: 21_600,
          run: async (context) => {
            await checking.check(context);
          },
        }),
        timer({
          name: 'measure-relevance',
          everySeconds: 86_400,
          run: async (context) => {
            await measures.measure(context);
          },
        }),
      ],
      async stop() {
        await rebuilding.settle();
        await engine.close();
        await meaning.close();
      },
    };
  },
});

/** OpenSearch where its address is given, else the embedded engine. */
function engineFor(environment: Platform['environment']): SearchEngine {
  const { OPENSEARCH_URL: address, OPENSEARCH_INDEX_PREFIX: prefix, PLAZA_RANKING_MODEL: model } = environment;
  const ranking = model === undefined ? {} : { model };
  if (address !== undefined)
    return createOpenSearchEngine({ address, ...ranking, ...(prefix === undefined ? {} : { prefix }) });
  const threads = searchThreadsFrom(environment);
  return createEmbeddedEngine(path.resolve(environment.PLAZA_DATA_DIR ?? '.plaza', 'search'), { ...ranking, threads });
}
