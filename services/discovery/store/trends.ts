import { type Queries, sql, type Transaction } from '@plaza/runtime';

export type Trend = {
  readonly scope: string;
  readonly item: string;
  readonly people: number;
  readonly usual: number;
  readonly score: number;
};

/** Whether this process is the one to tell this window: nobody has told it, or a later one. */
export async function claimWindow(tx: Transaction, windowTime: Date): Promise<boolean> {
  const claimed = await tx.execute(sql`
    insert into discovery.trend_window as kept (marketplace_id, closed_time) values (${tx.marketplaceId}, ${windowTime})
    on conflict (marketplace_id) do update set closed_time = excluded.closed_time
    where kept.closed_time < excluded.closed_time`);
  return claimed === 1;
}

/** The last window that was told; undefined before the first. */
export async function findClosedWindow(queries: Queries, marketplaceId: string): Promise<Date | undefined> {
  const row = await queries.row<{ closed_time: Date }>(
    sql`select closed_time from discovery.trend_window where marketplace_id = ${marketplaceId}`,
  );
  return row?.closed_time;
}

/** Keeps what trended in a window, and forgets what did before `keptFrom`. Answers how many were forgotten. */
export async function saveTrends(
  tx: Transaction,
  trends: readonly Trend[],
  { windowTime, keptFrom }: { windowTime: Date; keptFrom: Date },
): Promise<number> {
  if (trends.length > 0) {
    await tx.execute(sql`
      insert into discovery.trend (marketplace_id, scope, item, people, usual, score, window_time)
      select ${tx.marketplaceId}, scope, item, people, usual, score, ${windowTime}
      from json_to_recordset(${JSON.stringify(trends)}::json)
        as t(scope text, item text, people int, usual double precision, score double precision)
      order by scope, item
      on conflict (marketplace_id, scope, item) do update set people = excluded.people, usual = excluded.usual,
        score = excluded.score, window_time = excluded.window_time`);
  }
  return tx.execute(
    sql`delete from discovery.trend where marketplace_id = ${tx.marketplaceId} and window_time < ${keptFrom}`,
  );
}

/** What trends in these scopes, the strongest first: a score counts half after `halfLifeSeconds`. */
export async function listTrends(
  queries: Queries,
  marketplaceId: string,
  of: { scopes: readonly string[]; from: Date; now: Date; halfLifeSeconds: number; each: number },
): Promise<(Trend & { windowTime: Date })[]> {
  const rows = await queries.rows<Trend & { window_time: Date }>(sql`
    select scope, item, people, usual, score, window_time from (
      select *, row_number() over (partition by scope order by strength desc, item) as place from (
        select *, score * power(2, -extract(epoch from (${of.now}::timestamptz - window_time)) / ${of.halfLifeSeconds}::float8)
          as strength
        from discovery.trend
        where marketplace_id = ${marketplaceId} and scope = any(${of.scopes}::text[]) and window_time >= ${of.from}
      ) weighed
    ) placed where place <= ${of.each} order by scope, place`);
  return rows.map(({ window_time, ...trend }) => ({ ...trend, windowTime: window_time }));
}
