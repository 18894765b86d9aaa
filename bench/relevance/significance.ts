import { chanceFrom } from '@plaza/kernel';

const PERMUTATIONS = 20_000;

/**
 * Two-sided p of Fisher's paired randomization test: how often a difference of means this large comes about when, query by
 * query, a coin decides which of two systems an answer is from. Recommended over the t-test's assumptions by Smucker,
 * Allan and Carterette, "A comparison of statistical significance tests for information retrieval evaluation" (CIKM 2007).
 */
export function randomizationTest(a: readonly number[], b: readonly number[]): number {
  const differences = a.map((value, i) => value - (b[i] as number));
  const observed = Math.abs(differences.reduce((sum, each) => sum + each, 0));
  const chance = chanceFrom(7);
  let asLarge = 0;
  for (let permutation = 0; permutation < PERMUTATIONS; permutation++) {
    let sum = 0;
    for (const difference of differences) sum += chance() < 0.5 ? difference : -difference;
    if (Math.abs(sum) >= observed - 1e-12) asLarge++;
  }
  // Counted with the observed one, so that p is never 0 (Phipson and Smyth 2010).
  return (asLarge + 1) / (PERMUTATIONS + 1);
}
