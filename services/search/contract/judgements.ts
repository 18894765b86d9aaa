import { exampleCard, ListingCard } from '@plaza/catalog/contract';
import { idSchema, operation, PageQuery, pageOf } from '@plaza/kernel';
import { z } from 'zod';
import { GRADE_MAX } from '../domain/relevance.ts';
import { errors } from '../errors.ts';

const Query = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .meta({ examples: ['brass lamp'] });
const Grade = z.int().min(0).max(GRADE_MAX).meta({ description: '0: no use; 3: exactly what was meant.' });
/** Quality of the present ranking, from 0 to 1; null while nothing is graded above 0. */
const Ndcg10 = z.number().nullable();
const OPERATORS = ['moderator', 'admin'] as const;

const Result = z.object({
  listing: ListingCard.pick({ id: true, slug: true, title: true, price: true, imageUrl: true, storeName: true }),
  /** The reader's own. */
  grade: Grade.nullable(),
  /** Of all operators who graded it; null before anybody did. */
  averageGrade: z.number().nullable(),
  graderCount: z.int(),
});

const JudgedResults = z
  .object({ query: z.string(), ndcg10: Ndcg10, items: z.array(Result) })
  .meta({ id: 'JudgedResults' });
export type JudgedResults = z.output<typeof JudgedResults>;

/** A query that was judged, and how the present ranking does on it. */
const JudgedQuery = z
  .object({
    query: z.string(),
    listingCount: z.int(),
    graderCount: z.int(),
    gradedTime: z.iso.datetime(),
    ndcg10: Ndcg10,
  })
  .meta({ id: 'JudgedQuery' });
export type JudgedQuery = z.output<typeof JudgedQuery>;

/** The mean nDCG@10 of all judged queries at a time. */
export const RelevanceMeasure = z
  .object({ measuredTime: z.iso.datetime(), ndcg10: z.number(), queryCount: z.int() })
  .meta({ id: 'RelevanceMeasure' });
export type RelevanceMeasure = z.output<typeof RelevanceMeasure>;

const { id, slug, title, price, imageUrl, storeName } = exampleCard;
const exampleMeasure = { measuredTime: '2026-11-22T03:00:00.000Z', ndcg10: 0.82, queryCount: 40 };

/** How good the results are, as those who know the marketplace find them. */
export const judgementOperations = {
  getJudgedResults: operation({
    summary: 'The first twenty results of a query as visitors get them now, with the grades they were given',
    access: [...OPERATORS],
    route: { method: 'GET', path: '/admin/search-judgements/results' },
    input: z.object({ q: Query }),
    output: JudgedResults,
    example: {
      input: { q: 'brass lamp' },
      output: {
        query: 'brass lamp',
        ndcg10: 1,
        items: [
          {
            listing: { id, slug, title, price, imageUrl, storeName },
            grade: 3,
            averageGrade: 2.5,
            graderCount: 2,
          },
        ],
      },
    },
  }),
  gradeResults: operation({
    summary: 'Says how well listings fit a query; a grade replaces the same operator’s earlier one, null takes it back',
    access: [...OPERATORS],
    idempotent: true,
    errors: [errors.LISTING_NOT_FOUND],
    route: { method: 'PUT', path: '/admin/search-judgements' },
    input: z.object({
      query: Query,
      grades: z
        .array(z.object({ listingId: idSchema('listing'), grade: Grade.nullable() }))
        .min(1)
        .max(50),
    }),
    output: z.object({ query: z.string(), ndcg10: Ndcg10 }),
    example: {
      input: { query: 'brass lamp', grades: [{ listingId: exampleCard.id, grade: 3 }] },
      output: { query: 'brass lamp', ndcg10: 1 },
    },
  }),
  listJudgedQueries: operation({
    summary: 'Queries that were judged, by name, with the quality of the present ranking',
    access: [...OPERATORS],
    route: { method: 'GET', path: '/admin/search-judgements' },
    input: z.object({ ...PageQuery, limit: z.int().min(1).max(50).default(20) }),
    output: pageOf(JudgedQuery),
    example: {
      input: { limit: 20 },
      output: {
        items: [
          {
            query: 'brass lamp',
            listingCount: 20,
            graderCount: 2,
            gradedTime: '2026-11-22T03:00:00.000Z',
            ndcg10: 0.82,
          },
        ],
        nextCursor: null,
      },
    },
  }),
  measureRelevance: operation({
    summary: 'Measures the present ranking on all judged queries and keeps the figure; null without any',
    description: 'At most 1,000 queries. It also happens by itself, once a day.',
    access: [...OPERATORS],
    idempotent: true,
    route: { method: 'POST', path: '/admin/relevance-measures' },
    input: z.object({}),
    output: z.object({ measure: RelevanceMeasure.nullable() }),
    example: { input: {}, output: { measure: exampleMeasure } },
  }),
  listRelevanceMeasures: operation({
    summary: 'How good search was found over time, newest first',
    access: [...OPERATORS],
    route: { method: 'GET', path: '/admin/relevance-measures' },
    input: z.object({ ...PageQuery }),
    output: pageOf(RelevanceMeasure),
    example: { input: { limit: 20 }, output: { items: [exampleMeasure], nextCursor: null } },
  }),
  exportJudgements: operation({
    summary: 'A part of the judged set as CSV, page by page: what `npm run bench:relevance -- --set` reads',
    description:
      '`listings.csv` (everything on sale), `queries.csv` or `grades.csv` (means of all operators). The first page has the header.',
    access: ['admin'],
    route: { method: 'GET', path: '/admin/search-judgements/export' },
    input: z.object({
      part: z.enum(['listings', 'queries', 'grades']).default('grades'),
      cursor: z.string().max(500).optional(),
    }),
    output: z.object({ csv: z.string(), nextCursor: z.string().nullable() }),
    example: {
      input: { part: 'queries' },
      output: { csv: 'query_id,query\nbrass lamp,brass lamp\n', nextCursor: null },
    },
  }),
};
