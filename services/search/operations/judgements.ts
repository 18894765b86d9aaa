import type { catalogContract } from '@plaza/catalog/contract';
import { asService, type Client, type Context, Fault, type Handler, pageFrom, requireMember } from '@plaza/kernel';
import { inSteps, type Platform } from '@plaza/runtime';
import { searchContract } from '../contract.ts';
import { judgedQuery } from '../domain/relevance.ts';
import { errors } from '../errors.ts';
import { findGrades, keysOfQuery, listJudged, queryOfCursor, saveGrades } from '../store/judgements.ts';
import { presentRanking, qualityOf, type Search } from './present-ranking.ts';

type C = typeof searchContract;

export type JudgementDependencies = Pick<Platform, 'database' | 'clock'> & {
  readonly search: Search;
  readonly catalog: Pick<Client<typeof catalogContract>, 'getListing'>;
};

/** Operators grade what visitors get, query by query. */
export function manageJudgements({ database, clock, search, catalog }: JudgementDependencies): {
  readonly getJudgedResults: Handler<C['getJudgedResults']>;
  readonly gradeResults: Handler<C['gradeResults']>;
  readonly listJudgedQueries: Handler<C['listJudgedQueries']>;
} {
  async function results(query: string, context: Context) {
    const { marketplaceId, actor } = context;
    const reader = actor.kind === 'member' ? actor.memberId : null;
    const [hits, found] = await Promise.all([
      presentRanking(search, query, context),
      findGrades(database.read(marketplaceId), marketplaceId, [query], reader),
    ]);
    const grades = found.get(query);
    return {
      query,
      ndcg10: qualityOf(hits, grades),
      items: hits.map((listing) => {
        const { own = null, average = null, graderCount = 0 } = grades?.get(listing.id) ?? {};
        return { listing, grade: own, averageGrade: average, graderCount };
      }),
    };
  }

  return {
    getJudgedResults: ({ input: { q }, context }) => results(judgedQuery(q), context),
    gradeResults: inSteps(database, searchContract.gradeResults, async ({ input, context }) => {
      const { memberId } = requireMember(context);
      const query = judgedQuery(input.query);
      // Of a listing that is named twice the last word counts.
      const given = [...new Map(input.grades.map((each) => [each.listingId, each])).values()];
      await Promise.all(given.map(({ listingId }) => requireListing(catalog, listingId, context)));
      await database.transaction(context.marketplaceId, async (tx) => {
        await saveGrades(tx, tx.marketplaceId, { query, memberId, now: clock() }, given);
        // Not the query: visitors may have typed anything.
        const details = { grades: given.length };
        await tx.audit({ action: 'search.results_graded', subject: tx.marketplaceId, actor: context.actor, details });
      });
      return { query, ndcg10: (await results(query, context)).ndcg10 };
    }),
    listJudgedQueries: async ({ input, context }) => {
      const { marketplaceId } = context;
      const queries = database.read(marketplaceId);
      const after = queryOfCursor(input.cursor);
      const rows = await listJudged(queries, marketplaceId, { after, limit: input.limit + 1 });
      const page = pageFrom(rows, input.limit, ({ query }) => keysOfQuery(query));
      const names = page.items.map(({ query }) => query);
      const grades = await findGrades(queries, marketplaceId, names, null);
      const items = await Promise.all(
        page.items.map(async ({ query, listing_count, grader_count, graded_time }) => ({
          query,
          listingCount: listing_count,
          graderCount: grader_count,
          gradedTime: graded_time.toISOString(),
          ndcg10: qualityOf(await presentRanking(search, query, context), grades.get(query)),
        })),
      );
      return { items, nextCursor: page.nextCursor };
    },
  };
}

async function requireListing(
  catalog: JudgementDependencies['catalog'],
  listingId: string,
  context: Context,
): Promise<void> {
  try {
    await catalog.getListing({ listingId }, asService('search', context));
  } catch (error) {
    if (error instanceof Fault && error.code === 'LISTING_NOT_FOUND') throw errors.LISTING_NOT_FOUND({});
    throw error;
  }
}
