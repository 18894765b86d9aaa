import type { Plans } from '@plaza/kernel/marketplace';
import { daysAfter } from './period.ts';

type Dunning = Plans['dunning'];

/** What follows a decline: when the money is asked for again (null: not by itself), until when the plan's entitlements stay, and when all is given up. */
export type Steps = { readonly retryTime: Date | null; readonly graceEndTime: Date; readonly endTime: Date };

/** `failures`: declines so far, this one counted. All days count from the first. */
export function stepsAfter({ retryDays, graceDays, endDays }: Dunning, firstFailTime: Date, failures: number): Steps {
  const day = retryDays[failures - 1];
  return {
    retryTime: day === undefined ? null : daysAfter(firstFailTime, day),
    graceEndTime: daysAfter(firstFailTime, graceDays),
    endTime: daysAfter(firstFailTime, endDays),
  };
}
