import { invariant, splitByLargestRemainder } from '@plaza/kernel';
import type { Posting } from './postings.ts';

/** How a pending transfer ended. `expired`: nobody posted or voided it in time. */
export type PendingOutcome = 'posted' | 'voided' | 'expired';

/** What a pending line keeps back: an amount that may come in cannot be spent yet, one that may go out not any more. */
export function reservedBy(amountMinor: number): { inMinor: number; outMinor: number } {
  return { inMinor: Math.max(amountMinor, 0), outMinor: Math.max(-amountMinor, 0) };
}

/** How a pending transfer ends when it is asked to at `time`: what comes too late is only told that it expired. */
export function outcomeAt(asked: 'posted' | 'voided', expireTime: Date | null, time: Date): PendingOutcome {
  return expireTime !== null && expireTime <= time ? 'expired' : asked;
}

/**
 * The postings of a pending transfer that is posted for `amountMinor` of what would come in. Every line gives in
 * proportion, so that they sum to zero again, and no more than was kept back; the rest is free.
 */
export function partOf(pending: readonly Posting[], amountMinor: number): Posting[] {
  const incoming = pending.filter((line) => line.amountMinor > 0);
  const outgoing = pending.filter((line) => line.amountMinor < 0);
  const fullMinor = incoming.reduce((sum, line) => sum + line.amountMinor, 0);
  invariant(amountMinor > 0 && amountMinor <= fullMinor, 'a pending transfer is posted for all of it or a part');
  return [...shareOf(incoming, amountMinor), ...shareOf(outgoing, -amountMinor)];
}

function shareOf(lines: readonly Posting[], amountMinor: number): Posting[] {
  const weights = lines.map((line) => Math.abs(line.amountMinor));
  const parts = splitByLargestRemainder(amountMinor, weights);
  return lines.map((line, i) => ({ ...line, amountMinor: parts[i] ?? 0 })).filter((line) => line.amountMinor !== 0);
}
