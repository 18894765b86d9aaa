import type { CashRules } from '@plaza/kernel/marketplace';

/** Why a purchase cannot be paid at the door. */
export const CASH_PROBLEMS = [
  'NOT_A_MEMBER',
  'AMOUNT_TOO_HIGH',
  'STORE_DECLINES',
  'STORE_OWES',
  'TOO_MANY_REFUSED',
] as const;
export type CashProblem = (typeof CASH_PROBLEMS)[number];

/** What is known of the buyer and of the stores when they want to pay at the door. */
export type CashFacts = {
  readonly isMember: boolean;
  readonly amountMinor: number;
  /** Parcels that the buyer refused within the days that count. */
  readonly refused: number;
  /** Stores of the purchase that have not said they take cash, and that owe too much. */
  readonly declining: number;
  readonly owing: number;
};

/** The first reason not to offer it; undefined when it is offered. */
export function cashProblem(rules: CashRules, facts: CashFacts): CashProblem | undefined {
  if (!facts.isMember) return 'NOT_A_MEMBER';
  if (facts.amountMinor > rules.upToMinor) return 'AMOUNT_TOO_HIGH';
  if (facts.declining > 0) return 'STORE_DECLINES';
  if (facts.owing > 0) return 'STORE_OWES';
  return facts.refused >= rules.refusedMax ? 'TOO_MANY_REFUSED' : undefined;
}
