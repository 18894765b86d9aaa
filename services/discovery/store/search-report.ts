import { type Queries, type Sql, sql } from '@plaza/runtime';
import type { QueryReport } from '../contract/search-report.ts';

export type Period = { readonly from: Date; readonly to: Date };

/** By query and visitor: how often they searched for it, found nothing, and where they clicked. Only rows with a query are read. */
const pairs = (marketplaceId: string, { from, to }: Period): Sql => sql`
  select query, actor_id, count(*) filter (where kind = 'search') as searches,
    count(*) filter (where kind = 'search' and result_count = 0) as empty_searches,
    count(*) filter (where kind = 'click') as clicks, avg(position) filter (where kind = 'click') as position
  from discovery.activity
  where marketplace_id = ${marketplaceId} and query is not null and kind in ('search', 'click')
    and occurred_time >= ${from} and occurred_time < ${to}
  group by query, actor_id having count(*) filter (where kind = 'search') > 0`;

type QueryRow = {
  query: string;
  searches: number;
  people: number;
  empty_searches: number;
  people_clicked: number;
  average_position: number | null;
};

/** Fewer people than this say nothing about a query's results. */
const IGNORED_BY_MIN = 3;

/** Of which queries: all, those that found nothing, or those whose results most people left unopened. */
export type ReportedQueries = 'all' | 'empty' | 'ignored';

const OF: Readonly<Record<ReportedQueries, { readonly having: Sql; readonly order: Sql }>> = {
  all: { having: sql`true`, order: sql`searches` },
  empty: { having: sql`sum(empty_searches) > 0`, order: sql`empty_searches` },
  ignored: {
    having: sql`count(*) >= ${IGNORED_BY_MIN} and sum(searches) > sum(empty_searches)
      and count(*) filter (where clicks > 0) * 2 < count(*)`,
    order: sql`people - people_clicked`,
  },
};

/** Queries, those first that most of it is true of. */
export async function listQueryReports(
  queries: Queries,
  marketplaceId: string,
  period: Period,
  { of, limit }: { of: ReportedQueries; limit: number },
): Promise<QueryReport[]> {
  const { having, order } = OF[of];
  const rows = await queries.rows<QueryRow>(sql`
    select * from (
      select query, sum(searches)::int as searches, count(*)::int as people, sum(empty_searches)::int as empty_searches,
        (count(*) filter (where clicks > 0))::int as people_clicked, round(avg(position), 1)::float8 as average_position
      from (${pairs(marketplaceId, period)}) pair group by query having ${having}) report
    order by ${order} desc, query limit ${limit}`);
  return rows.map((row) => ({
    query: row.query,
    searches: row.searches,
    people: row.people,
    emptySearches: row.empty_searches,
    peopleClicked: row.people_clicked,
    averagePosition: row.average_position,
  }));
}

export async function sumSearches(
  queries: Queries,
  marketplaceId: string,
  period: Period,
): Promise<{ searches: number; people: number; emptySearches: number; clickThroughShare: number }> {
  return queries.one(sql`
    select coalesce(sum(searches), 0)::int as searches, count(distinct actor_id)::int as people,
      coalesce(sum(empty_searches), 0)::int as "emptySearches",
      coalesce(avg((clicks > 0)::int), 0)::float8 as "clickThroughShare"
    from (${pairs(marketplaceId, period)}) pair`);
}
