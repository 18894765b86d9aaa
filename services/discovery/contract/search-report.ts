import { Moment, operation } from '@plaza/kernel';
import { z } from 'zod';

/** How one query fared. */
export const QueryReport = z
  .object({
    query: z.string(),
    searches: z.int(),
    /** Different visitors who searched for it. */
    people: z.int(),
    /** Searches that found nothing. */
    emptySearches: z.int(),
    /** Of the people, those who went on to a result. */
    peopleClicked: z.int(),
    /** Where in the results they clicked, on average, the first being 1; null when nobody did. */
    averagePosition: z.number().nullable(),
  })
  .meta({ id: 'QueryReport' });
export type QueryReport = z.output<typeof QueryReport>;

const exampleReport: z.input<typeof QueryReport> = {
  query: 'brass lamp',
  searches: 120,
  people: 80,
  emptySearches: 0,
  peopleClicked: 52,
  averagePosition: 2.4,
};

/** What operators read about searches. */
export const searchReportOperations = {
  getSearchReport: operation({
    summary: 'How searches fared in a period: the most frequent, those that found nothing, and who went on to a result',
    description: 'Of visitors who agreed to be remembered. At most 93 days.',
    access: ['moderator', 'admin'],
    route: { method: 'GET', path: '/admin/search-report' },
    input: z.object({
      fromTime: Moment.optional().meta({ description: 'Absent: seven days before `toTime`.' }),
      toTime: Moment.optional().meta({ description: 'Absent: now.' }),
      limit: z.int().min(1).max(100).default(30),
    }),
    output: z.object({
      searches: z.int(),
      people: z.int(),
      emptySearches: z.int(),
      /** Of pairs of a visitor and a query, those in which a result was opened. */
      clickThroughShare: z.number(),
      top: z.array(QueryReport),
      empty: z.array(QueryReport),
      /** Asked by several people and answered, and most of them opened nothing; the most often left first. */
      ignored: z.array(QueryReport),
    }),
    example: {
      input: { limit: 30 },
      output: {
        searches: 120,
        people: 80,
        emptySearches: 4,
        clickThroughShare: 0.65,
        top: [exampleReport],
        empty: [
          {
            ...exampleReport,
            query: 'lmap',
            searches: 4,
            people: 3,
            emptySearches: 4,
            peopleClicked: 0,
            averagePosition: null,
          },
        ],
        ignored: [{ ...exampleReport, query: 'gift', people: 30, peopleClicked: 2 }],
      },
    },
  }),
};
