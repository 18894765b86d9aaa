import { commonErrors, type Handler } from '@plaza/kernel';
import { inTransaction, type Platform, type Queries } from '@plaza/runtime';
import { DEFAULT_RANKING } from '../contract/rules.ts';
import { type SearchRules, searchContract } from '../contract.ts';
import { type PreparedRules, preparedRules } from '../domain/rules.ts';
import { findRules, saveRules } from '../store/rules.ts';

/** Rules are read again when they are older: another process may have changed them. */
const FRESH_MS = 5_000;

export type RuleBook = {
  /** Rules of at most some seconds ago; the first reader waits for them, the others do not. */
  rulesOf(marketplaceId: string): Promise<PreparedRules>;
  readonly getSearchRules: Handler<(typeof searchContract)['getSearchRules']>;
  readonly updateSearchRules: Handler<(typeof searchContract)['updateSearchRules']>;
};

/** The rules of each marketplace, at hand for every search. */
export function createRuleBook({
  database,
  marketplaces,
  clock,
}: Pick<Platform, 'database' | 'marketplaces' | 'clock'>): RuleBook {
  const known = new Map<string, { rules: PreparedRules; readMs: number; isReading: boolean }>();

  /** As operators wrote them, or what the marketplace begins with. */
  async function currentRules(queries: Queries, marketplaceId: string): Promise<SearchRules> {
    const { synonyms, stopWords } = marketplaces.get(marketplaceId).search;
    const initial = { synonyms, stopWords, curations: [], ranking: DEFAULT_RANKING, boosts: [], version: 0 };
    return (await findRules(queries, marketplaceId)) ?? initial;
  }

  async function read(marketplaceId: string): Promise<PreparedRules> {
    const rules = preparedRules(await currentRules(database.read(marketplaceId), marketplaceId));
    known.set(marketplaceId, { rules, readMs: clock().getTime(), isReading: false });
    return rules;
  }

  return {
    async rulesOf(marketplaceId) {
      const held = known.get(marketplaceId);
      if (held === undefined) return read(marketplaceId);
      if (!held.isReading && clock().getTime() - held.readMs > FRESH_MS) {
        held.isReading = true;
        // Old rules do while the database does not answer.
        read(marketplaceId).catch(() => {
          held.isReading = false;
        });
      }
      return held.rules;
    },
    getSearchRules: ({ context: { marketplaceId } }) => currentRules(database.read(marketplaceId), marketplaceId),
    updateSearchRules: inTransaction(database, searchContract.updateSearchRules, async ({ input, context, tx }) => {
      const before = await currentRules(tx, tx.marketplaceId);
      const { expectedVersion = before.version, synonyms, stopWords, curations, ranking, boosts } = input;
      const conflict = () => commonErrors.VERSION_CONFLICT({ currentVersion: before.version });
      if (expectedVersion !== before.version) throw conflict();
      const rules = {
        synonyms: synonyms ?? before.synonyms,
        stopWords: stopWords ?? before.stopWords,
        curations: curations ?? before.curations,
        ranking: ranking ?? before.ranking,
        boosts: boosts ?? before.boosts,
        version: before.version + 1,
      };
      if (!(await saveRules(tx, tx.marketplaceId, rules, clock()))) throw conflict();
      await tx.audit({ action: 'search.rules_updated', subject: tx.marketplaceId, actor: context.actor });
      tx.afterCommit(() => known.delete(tx.marketplaceId));
      return rules;
    }),
  };
}
