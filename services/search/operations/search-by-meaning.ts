import type { EngineQuery, EngineResult, SearchEngine } from '../engine/engine.ts';
import type { Meaning } from '../meaning/meaning.ts';
import { NEAR_MAX, nearOf } from '../meaning/near.ts';

/** Listings shown to whom words find nothing, and how alike in letters they must be: below that they look like chance. */
const CLOSE_MAX = 12;
const LETTERS_LEAST = 0.3;

/** What was found; `closeBy`: nothing has the words, and what is here is close to them in this. */
export type FoundByMeaning = { readonly result: EngineResult; readonly closeBy: 'meaning' | 'letters' | null };

type Dependencies = {
  readonly engine: Pick<SearchEngine, 'search'>;
  readonly meaning: Pick<Meaning, 'isOfMeaning' | 'nearText'>;
};

/**
 * Asks the engine. With a model of meaning it hears what is near the text; without one this costs nothing, and only who
 * would find nothing is shown what is spelled alike: letters make good hits worse (decision 0031).
 */
export async function searchByMeaning(
  { engine, meaning }: Dependencies,
  marketplaceId: string,
  query: EngineQuery,
): Promise<FoundByMeaning> {
  const { text, sort, after } = query;
  const closeBy = meaning.isOfMeaning ? 'meaning' : 'letters';
  if (text.trim() === '') return { result: await engine.search(marketplaceId, query), closeBy: null };
  if (meaning.isOfMeaning && sort === 'relevance') {
    const near = nearOf(await meaning.nearText(marketplaceId, text, NEAR_MAX));
    const result = await engine.search(marketplaceId, { ...query, near });
    return { result, closeBy: result.total > 0 && result.total === result.nearTotal ? closeBy : null };
  }
  const result = await engine.search(marketplaceId, query);
  if (result.total > 0 || after !== null) return { result, closeBy: null };
  const neighbors = await meaning.nearText(marketplaceId, text, CLOSE_MAX);
  const alike = neighbors.filter(({ similarity }) => meaning.isOfMeaning || similarity >= LETTERS_LEAST);
  if (alike.length === 0) return { result, closeBy: null };
  const asked: EngineQuery = {
    ...query,
    text: unquoted(text),
    sort: 'relevance',
    near: nearOf(alike).map((each) => ({ ...each, isHit: true })),
  };
  const close = await engine.search(marketplaceId, asked);
  return { result: close, closeBy: close.total > 0 ? closeBy : null };
}

/** Without the marks that ask for every word. */
function unquoted(text: string): string {
  return text.replace(/["“”]/g, ' ');
}
