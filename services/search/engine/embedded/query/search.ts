import type { EngineQuery, EngineResult } from '../../engine.ts';
import type { Facts } from '../segment/facts.ts';
import type { Segment } from '../segment/segment.ts';
import { Batch } from './batch.ts';
import { browse } from './browse.ts';
import { hitsOf } from './match.ts';
import { planQuery } from './query-plan.ts';
import { Ranking } from './ranking.ts';
import { Tally } from './tally.ts';

const batch = new Batch();

/** Rows of the page's hits, and everything counted on the way. */
export type Found = Omit<EngineResult, 'cards' | 'nextKeys'> & ReturnType<Ranking['finish']>;

/** What is searched: segments, newest first, and the facts they share. */
export type Searched = { readonly searched: readonly Segment[]; readonly liveCount: number; readonly facts: Facts };

/** One pass over the matching documents of each segment: filters, counts, keeps the best. */
export function searchSegments({ searched, liveCount, facts }: Searched, query: EngineQuery): Found {
  const { text, sort, limit, after, priceMinimum, priceMaximum } = query;
  const plan = planQuery(searched, liveCount, text);
  const tally = new Tally(facts, query);
  const ranking = new Ranking(sort, limit, after);
  if (plan.groups.length > 0) {
    const match = hitsOf(searched, plan, sort);
    for (const segment of searched)
      tally.count(segment, (sieve) => {
        batch.work = (full) => {
          sieve(full);
          ranking.show(segment, full);
        };
        match(segment, (slot, score) => {
          batch.add(slot, score);
          return true;
        });
        batch.flush();
      });
  } else if (text.trim() === '') {
    const isCounted = priceMinimum === null && priceMaximum === null && tally.filters.stores === null;
    for (const segment of searched) browse(segment, { tally, ranking, batch, sort, isCounted });
  }
  return { ...ranking.finish(), ...tally.finish(), correctedText: plan.correctedText };
}
