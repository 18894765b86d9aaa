'use server';

import { idKindOf } from '@plaza/kernel';
import type { SearchRules } from '@plaza/search/contract';
import { act } from '../act.ts';
import { type FormState, keyOf, text, versionOf } from '../form.ts';
import { RANKING_FIELDS, readBoosts, readCurations, readSynonyms, readWords } from '../search-rules.ts';

/** Replaces the rules that the page showed as `version`. Listings may be named by address; one that is unknown is refused. */
export async function saveSearchRules(
  lang: string,
  version: number,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  return act(lang, form, 'account.saved', async (client) => {
    const idOf = async (named: string): Promise<string> =>
      idKindOf(named) === 'listing' ? named : (await client.catalog.getListing({ listingId: named })).id;
    const boostedId = async ({ named, isStore }: { named: string; isStore: boolean }): Promise<string> =>
      isStore
        ? (await client.catalog.getStoreBySlug({ slug: named })).id
        : idKindOf(named) === 'store'
          ? named
          : idOf(named);
    const rules = {
      synonyms: readSynonyms(text(form, 'synonyms') ?? ''),
      stopWords: readWords(text(form, 'stopWords') ?? ''),
      curations: await Promise.all(
        readCurations(text(form, 'curations') ?? '').map(async ({ query, pinned, hidden }) => ({
          query,
          pinnedListingIds: await Promise.all(pinned.map(idOf)),
          hiddenListingIds: await Promise.all(hidden.map(idOf)),
        })),
      ),
      boosts: await Promise.all(
        readBoosts(text(form, 'boosts') ?? '').map(async ({ percent, untilTime, ...written }) => ({
          subjectId: await boostedId(written),
          percent,
          untilTime,
        })),
      ),
      ranking: rankingOf(form),
      ...versionOf(form, version),
    };
    await client.search.updateSearchRules(rules, keyOf(form));
  });
}

function rankingOf(form: FormData): SearchRules['ranking'] {
  const typed = RANKING_FIELDS.map((name) => [name, Number(text(form, `ranking.${name}`) ?? 0)]);
  return Object.fromEntries(typed) as SearchRules['ranking'];
}
