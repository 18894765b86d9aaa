import { idFromUuid } from '@plaza/kernel';
import type { Database } from '@plaza/runtime';
import { type Baseline, settled, TRENDING_MS, trendScore, usualAt } from '../domain/trend.ts';
import { trendsChanged } from '../events.ts';
import { claimWindow, saveTrends, type Trend } from '../store/trends.ts';
import type { TrendBoard } from '../trends/board.ts';

/** Things of a scope that are looked at when a window ends. */
const LOOKED_AT_MAX = 500;
/** Of a scope, so many are kept of a window. */
const KEPT_EACH = 50;
/** Of a kind of thing, so many are announced. */
const TOLD_EACH = 20;

type Dependencies = { readonly database: Database; readonly board: TrendBoard };
/** What is usual from then on, by scope and thing. */
type Usual = ReadonlyMap<string, ReadonlyMap<string, Baseline>>;

/** Tells what was unusual in a window that has ended, unless another process has; what is too old to trend is forgotten. */
export async function closeWindow(
  { database, board }: Dependencies,
  marketplaceId: string,
  windowMs: number,
): Promise<void> {
  const { trends, usual } = await judgeWindow(board, marketplaceId, windowMs);
  const windowTime = new Date(windowMs);
  const isOurs = await database.transaction(marketplaceId, async (tx) => {
    if (!(await claimWindow(tx, windowTime))) return false;
    const forgotten = await saveTrends(tx, trends, { windowTime, keptFrom: new Date(windowMs - TRENDING_MS) });
    const of = (scope: string) =>
      trends.flatMap((trend) => (trend.scope === scope ? [trend.item] : [])).slice(0, TOLD_EACH);
    if (trends.length > 0 || forgotten > 0)
      await tx.announce(trendsChanged, marketplaceId, {
        windowTime: windowTime.toISOString(),
        listingIds: of('listing').map((id) => idFromUuid('listing', id)),
        queries: of('search'),
        categoryIds: of('category'),
      });
    return true;
  });
  if (isOurs) await keepUsual(board, marketplaceId, usual);
}

/** What a window that was told before says of what is usual, and nothing else. */
export async function learnWindow(board: TrendBoard, marketplaceId: string, windowMs: number): Promise<void> {
  const { usual } = await judgeWindow(board, marketplaceId, windowMs);
  await keepUsual(board, marketplaceId, usual);
}

async function judgeWindow(
  board: TrendBoard,
  marketplaceId: string,
  windowMs: number,
): Promise<{ readonly trends: readonly Trend[]; readonly usual: Usual }> {
  const trends: Trend[] = [];
  const usual = new Map<string, Map<string, Baseline>>();
  for (const scope of await board.scopes(marketplaceId, windowMs)) {
    const standings = await board.top(marketplaceId, windowMs, scope, LOOKED_AT_MAX);
    const items = standings.map(({ item }) => item);
    const baselines = await board.baselines(marketplaceId, scope, items);
    const found: Trend[] = [];
    const next = new Map<string, Baseline>();
    for (const { item, people } of standings) {
      const before = usualAt(baselines.get(item), windowMs);
      const score = trendScore(people, before);
      if (score > 0) found.push({ scope, item, people, usual: before.mean, score });
      next.set(item, settled(baselines.get(item), people, windowMs));
    }
    usual.set(scope, next);
    trends.push(...found.sort((a, b) => b.score - a.score).slice(0, KEPT_EACH));
  }
  return { trends, usual };
}

async function keepUsual(board: TrendBoard, marketplaceId: string, usual: Usual): Promise<void> {
  for (const [scope, baselines] of usual) await board.saveBaselines(marketplaceId, scope, baselines);
}
