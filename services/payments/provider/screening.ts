import type { ScreeningRecord } from '../domain/payout-account.ts';

/**
 * A list of persons who must not be paid. Asked when an account is entered; whoever is found on it is paid only after
 * an operator has looked. A real list (OFAC, EU, UN) is a service of its own: give it here.
 */
export type Screening = { readonly list: string; isClear(holderName: string): Promise<boolean> };

/** A list with one made-up name on it, and that says so: it finds nobody else. */
export const simulatedScreening: Screening = {
  list: 'simulated list: finds only "Sanctioned Person"',
  isClear: async (holderName) => !/\bsanctioned person\b/i.test(holderName),
};

/** What a list says of a name now, to be kept with the account. */
export async function screen(screening: Screening, holderName: string, now: Date): Promise<ScreeningRecord> {
  return { list: screening.list, isClear: await screening.isClear(holderName), time: now.toISOString() };
}
