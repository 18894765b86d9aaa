import { type Context, type Handler, idOfCursor, pageFrom } from '@plaza/kernel';
import { inSteps, type Platform } from '@plaza/runtime';
import { type RelevanceMeasure, searchContract } from '../contract.ts';
import { addMeasure, findGrades, listJudged, listMeasures } from '../store/judgements.ts';
import { presentRanking, qualityOf, type Search } from './present-ranking.ts';

type C = typeof searchContract;
/** Judged queries that are measured at most; each is a search. */
const QUERIES_MAX = 1_000;

export type RelevanceMeasures = {
  /** Null without a query of which something is of use; nothing is kept then. */
  measure(context: Context): Promise<RelevanceMeasure | null>;
  readonly handlers: {
    readonly measureRelevance: Handler<C['measureRelevance']>;
    readonly listRelevanceMeasures: Handler<C['listRelevanceMeasures']>;
  };
};

/** How good the ranking is on all that operators judged, over time. */
export function createRelevanceMeasures({
  database,
  clock,
  search,
}: Pick<Platform, 'database' | 'clock'> & { readonly search: Search }): RelevanceMeasures {
  async function measure(context: Context): Promise<RelevanceMeasure | null> {
    const { marketplaceId } = context;
    const queries = database.read(marketplaceId);
    const judged = await listJudged(queries, marketplaceId, { after: '', limit: QUERIES_MAX });
    const names = judged.map(({ query }) => query);
    const grades = await findGrades(queries, marketplaceId, names, null);
    const qualities: number[] = [];
    for (const name of names) {
      const quality = qualityOf(await presentRanking(search, name, context), grades.get(name));
      if (quality !== null) qualities.push(quality);
    }
    if (qualities.length === 0) return null;
    const measured = {
      measuredTime: clock().toISOString(),
      ndcg10: qualities.reduce((sum, each) => sum + each, 0) / qualities.length,
      queryCount: qualities.length,
    };
    await addMeasure(queries, marketplaceId, measured);
    return measured;
  }

  return {
    measure,
    handlers: {
      measureRelevance: inSteps(database, searchContract.measureRelevance, async ({ context }) => ({
        measure: await measure(context),
      })),
      listRelevanceMeasures: async ({ input, context: { marketplaceId } }) => {
        const page = { beforeId: idOfCursor(input.cursor), limit: input.limit + 1 };
        const rows = await listMeasures(database.read(marketplaceId), marketplaceId, page);
        return pageFrom(
          rows,
          input.limit,
          ({ id }) => [id],
          ({ measured_time, ndcg10: value, query_count }) => ({
            measuredTime: measured_time.toISOString(),
            ndcg10: value,
            queryCount: query_count,
          }),
        );
      },
    },
  };
}
