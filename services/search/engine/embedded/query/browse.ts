import type { EngineSort } from '../../engine.ts';
import { type Segment, ZONE_SLOTS } from '../segment/segment.ts';
import type { Batch } from './batch.ts';
import type { Ranking } from './ranking.ts';
import type { Tally } from './tally.ts';

type Browsing = {
  readonly tally: Tally;
  readonly ranking: Ranking;
  readonly batch: Batch;
  readonly sort: EngineSort;
};

/**
 * All documents of a segment, without words. Those that are counted already are only looked at where a zone may still have
 * one of the best, or the lowest or highest price.
 */
export function browse(segment: Segment, { tally, ranking, batch, sort }: Browsing): void {
  const { slotCount, zones } = segment;
  const isAtOnce = tally.isCountedAtOnce(segment);
  const { live } = segment.states;
  const candidates = tally.slotsOfFilter(segment) ?? live;
  const count = (sieve: (batch: Batch) => void): void => {
    batch.begin((full) => {
      sieve(full);
      ranking.show(segment, full);
      return true;
    });
    for (let zone = Math.ceil(slotCount / ZONE_SLOTS) - 1; zone >= 0; zone--) {
      if (isAtOnce && zones !== null && !isWanted(zone)) continue;
      const from = zone * ZONE_SLOTS;
      batch.addBoth(live, candidates, { from, to: Math.min(slotCount, from + ZONE_SLOTS) });
      if (isAtOnce) batch.flush();
    }
    batch.flush();
  };
  if (isAtOnce) {
    tally.countAll(segment);
    tally.look(segment, count);
  } else tally.count(segment, count);

  function isWanted(zone: number): boolean {
    if (sort === 'distance' || sort === 'rating') return true;
    const lowest = zones?.minimumPrices[zone] as number;
    const highest = zones?.maximumPrices[zone] as number;
    if (lowest < tally.minimumPrice || highest > tally.maximumPrice) return true;
    const { primary, published } = ranking.threshold;
    const isNewEnough = (zones?.newest[zone] as number) >= published;
    if (sort === 'price_asc') return -lowest > primary || (-lowest === primary && isNewEnough);
    if (sort === 'price_desc') return highest > primary || (highest === primary && isNewEnough);
    return isNewEnough;
  }
}
