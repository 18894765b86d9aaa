import { activityOperations } from './contract/activity.ts';
import { feedOperations } from './contract/feed.ts';
import { savedSearchOperations } from './contract/saved-searches.ts';
import { searchReportOperations } from './contract/search-report.ts';
import { trainingOperations } from './contract/training.ts';
import { trendOperations } from './contract/trends.ts';

export * from './contract/activity.ts';
export * from './contract/feed.ts';
export * from './contract/saved-searches.ts';
export * from './contract/search-report.ts';
export * from './contract/trends.ts';

/** What visitors do, and what it tells: suggestions, trends, how searches fare. */
export const discoveryContract = {
  ...activityOperations,
  ...feedOperations,
  ...trendOperations,
  ...savedSearchOperations,
  ...searchReportOperations,
  ...trainingOperations,
};
