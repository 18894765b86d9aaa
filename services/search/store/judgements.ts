import { decodeCursor, idFromUuid, newUuid, uuidFromId } from '@plaza/kernel';
import { type Queries, sql } from '@plaza/runtime';
import { z } from 'zod';
import type { RelevanceMeasure } from '../contract/judgements.ts';
import type { Grades } from '../domain/relevance.ts';

/** A listing's grade by one operator; null: taken back. */
export type Given = { readonly listingId: string; readonly grade: number | null };

/** Puts an operator's grades of a query in the place of their earlier ones. */
export async function saveGrades(
  queries: Queries,
  marketplaceId: string,
  by: { readonly query: string; readonly memberId: string; readonly now: Date },
  given: readonly Given[],
): Promise<void> {
  const member = uuidFromId(by.memberId);
  const kept = given.filter(({ grade }) => grade !== null);
  const listings = (of: readonly Given[]): string[] => of.map(({ listingId }) => uuidFromId(listingId));
  await queries.execute(sql`
    delete from search.judgement where marketplace_id = ${marketplaceId} and query = ${by.query}
      and member_id = ${member}::uuid and listing_id = any(${listings(given.filter(({ grade }) => grade === null))}::uuid[])`);
  await queries.execute(sql`
    insert into search.judgement (marketplace_id, query, listing_id, member_id, grade, graded_time)
    select ${marketplaceId}, ${by.query}, listing_id, ${member}::uuid, grade, ${by.now}
    from unnest(${listings(kept)}::uuid[], ${kept.map(({ grade }) => grade)}::smallint[]) as given (listing_id, grade)
    on conflict (marketplace_id, query, listing_id, member_id) do update set grade = excluded.grade,
      graded_time = excluded.graded_time`);
}

type GradeRow = { query: string; listing_id: string; average: number; graders: number; own: number | null };
export type GradeOf = { readonly average: number; readonly graderCount: number; readonly own: number | null };

/** What was graded of these queries, by query and listing; `own` is the reader's. */
export async function findGrades(
  queries: Queries,
  marketplaceId: string,
  judged: readonly string[],
  memberId: string | null,
): Promise<Map<string, Map<string, GradeOf>>> {
  const rows = await queries.rows<GradeRow>(sql`
    select query, listing_id, avg(grade)::float8 as average, count(*)::int as graders,
      max(grade) filter (where member_id = ${memberId === null ? null : uuidFromId(memberId)}::uuid)::int as own
    from search.judgement where marketplace_id = ${marketplaceId} and query = any(${judged}::text[])
    group by query, listing_id order by query, listing_id`);
  const found = new Map<string, Map<string, GradeOf>>();
  for (const { query, listing_id, average, graders, own } of rows) {
    const grades = found.get(query) ?? new Map<string, GradeOf>();
    found.set(query, grades.set(idFromUuid('listing', listing_id), { average, graderCount: graders, own }));
  }
  return found;
}

/** The means of all operators, as a ranking is measured by. */
export function averagesOf(grades: ReadonlyMap<string, GradeOf> | undefined): Grades {
  return new Map([...(grades ?? [])].map(([id, { average }]) => [id, average]));
}

/** A list of queries goes on behind this one; named, so that no other list's cursor is taken for it. */
const QueryKeys = z.tuple([z.literal('query'), z.string().regex(/^[^\0]*$/)]);

/** The sort keys of a judged query. */
export function keysOfQuery(query: string): ['query', string] {
  return ['query', query];
}

/** The query that a list continues behind; empty at its beginning. */
export function queryOfCursor(cursor: string | undefined): string {
  return decodeCursor(cursor, QueryKeys)?.[1] ?? '';
}

export type JudgedRow = { query: string; listing_count: number; grader_count: number; graded_time: Date };

/** Judged queries after one, by name. */
export async function listJudged(
  queries: Queries,
  marketplaceId: string,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<JudgedRow[]> {
  return queries.rows(sql`
    select query, count(distinct listing_id)::int as listing_count, count(distinct member_id)::int as grader_count,
      max(graded_time) as graded_time
    from search.judgement where marketplace_id = ${marketplaceId} and query collate "C" > ${after}
    group by query order by query collate "C" limit ${limit}`);
}

export async function addMeasure(queries: Queries, marketplaceId: string, measure: RelevanceMeasure): Promise<void> {
  await queries.execute(sql`
    insert into search.relevance_measure (marketplace_id, id, measured_time, ndcg10, query_count)
    values (${marketplaceId}, ${newUuid()}::uuid, ${measure.measuredTime}, ${measure.ndcg10}, ${measure.queryCount})`);
}

export type MeasureRow = { id: string; measured_time: Date; ndcg10: number; query_count: number };

/** Measures before one, newest first. */
export async function listMeasures(
  queries: Queries,
  marketplaceId: string,
  { beforeId, limit }: { readonly beforeId: string | null; readonly limit: number },
): Promise<MeasureRow[]> {
  const continued = beforeId === null ? sql`` : sql`and id < ${beforeId}::uuid`;
  return queries.rows(sql`
    select id, measured_time, ndcg10, query_count from search.relevance_measure
    where marketplace_id = ${marketplaceId} ${continued} order by id desc limit ${limit}`);
}
