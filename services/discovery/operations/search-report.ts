import { type Handler, invalidInput } from '@plaza/kernel';
import type { Database } from '@plaza/runtime';
import type { discoveryContract } from '../contract.ts';
import { listQueryReports, type ReportedQueries, sumSearches } from '../store/search-report.ts';

const DAY_MS = 86_400_000;
const PERIOD_DAYS_MAX = 93;

/** How searches fared, for those who look after synonyms, spellings and what is missing. */
export function reportSearches({
  database,
  clock,
}: {
  database: Database;
  clock: () => Date;
}): Handler<(typeof discoveryContract)['getSearchReport']> {
  return async ({ input, context: { marketplaceId } }) => {
    const to = input.toTime === undefined ? clock() : new Date(input.toTime);
    const from = input.fromTime === undefined ? new Date(to.getTime() - 7 * DAY_MS) : new Date(input.fromTime);
    const days = (to.getTime() - from.getTime()) / DAY_MS;
    if (days <= 0 || days > PERIOD_DAYS_MAX) {
      const detail = `must be before toTime, by at most ${PERIOD_DAYS_MAX} days`;
      throw invalidInput([{ pointer: '/fromTime', code: 'period', detail }]);
    }
    const queries = database.read(marketplaceId);
    const reportOf = (of: ReportedQueries) =>
      listQueryReports(queries, marketplaceId, { from, to }, { of, limit: input.limit });
    const [sums, top, empty, ignored] = await Promise.all([
      sumSearches(queries, marketplaceId, { from, to }),
      reportOf('all'),
      reportOf('empty'),
      reportOf('ignored'),
    ]);
    return { ...sums, top, empty, ignored };
  };
}
