import { type Queries, sql } from '@plaza/runtime';
import { DEFAULT_RANKING, type SearchRules } from '../contract/rules.ts';

/** What the operators said of words and queries; undefined before they said anything. */
export async function findRules(queries: Queries, marketplaceId: string): Promise<SearchRules | undefined> {
  const row = await queries.row<{
    rules: Omit<SearchRules, 'version' | 'ranking' | 'boosts'> & Partial<SearchRules>;
    version: number;
  }>(sql`select rules, version from search.rule_set where marketplace_id = ${marketplaceId}`);
  return row === undefined
    ? undefined
    : { boosts: [], ...row.rules, ranking: { ...DEFAULT_RANKING, ...row.rules.ranking }, version: row.version };
}

/** Saves the next version; false when somebody else did. */
export async function saveRules(
  queries: Queries,
  marketplaceId: string,
  { version, ...rules }: SearchRules,
  now: Date,
): Promise<boolean> {
  const saved = await queries.execute(sql`
    insert into search.rule_set (marketplace_id, rules, version, updated_time)
    values (${marketplaceId}, ${JSON.stringify(rules)}, ${version}, ${now})
    on conflict (marketplace_id) do update set rules = excluded.rules, version = excluded.version,
      updated_time = excluded.updated_time where rule_set.version = excluded.version - 1`);
  return saved === 1;
}
