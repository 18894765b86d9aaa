'use server';

import { idKindOf } from '@plaza/kernel';
import { PlazaError } from '@plaza/sdk';
import type { SearchRules } from '@plaza/search/contract';
import { revalidatePath } from 'next/cache';
import { visitorApi } from '../api.ts';
import { attempt, enteredOf, type FormState, keyOf, text, versionOf } from '../form.ts';
import { type MessageKey, translator } from '../messages.ts';
import { RANKING_FIELDS, readBoosts, readCurations, readSynonyms, readWords, unreadLines } from '../search-rules.ts';

const READERS = {
  synonyms: { read: readSynonyms, mistake: 'searchRules.synonymsMistake' },
  curations: { read: readCurations, mistake: 'searchRules.curationsMistake' },
} as const satisfies Record<string, { read: (text: string) => readonly unknown[]; mistake: MessageKey }>;

/** Replaces the rules that the page showed as `version`. Listings may be named by address; what is not understood is refused by its line. */
export async function saveSearchRules(
  lang: string,
  version: number,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  const t = translator(lang);
  const written = (name: string) => text(form, name) ?? '';
  const refused = (fields: Readonly<Record<string, string>>): FormState => ({
    error: t('error.INVALID_INPUT'),
    fields,
    values: enteredOf(form),
  });
  const unread = Object.entries(READERS).flatMap(([name, { read, mistake }]) => {
    const lines = unreadLines(written(name), read).map((line) => `${t('mistake.atLine', { line })}: ${t(mistake)}`);
    return lines.length === 0 ? [] : [[name, lines.join('\n')]];
  });
  if (unread.length > 0) return refused(Object.fromEntries(unread));
  return attempt(form, t, async () => {
    const client = await visitorApi(lang);
    const unknown: Record<string, string> = {};
    /** Its id; what is not there is noted, and gets none. */
    const idOf = async (field: string, named: string, isStore = false): Promise<string> => {
      if (['listing', 'store'].includes(idKindOf(named) ?? '')) return named;
      try {
        if (isStore) return (await client.catalog.getStoreBySlug({ slug: named })).id;
        return (await client.catalog.getListing({ listingId: named })).id;
      } catch (error) {
        if (!(error instanceof PlazaError) || error.status !== 404) throw error;
        unknown[field] = `${named}: ${t('mistake.unknown')}`;
        return '';
      }
    };
    const [curations, boosts] = await Promise.all([
      Promise.all(
        readCurations(written('curations')).map(async ({ query, pinned, hidden }) => ({
          query,
          pinnedListingIds: await Promise.all(pinned.map((named) => idOf('curations', named))),
          hiddenListingIds: await Promise.all(hidden.map((named) => idOf('curations', named))),
        })),
      ),
      Promise.all(
        readBoosts(written('boosts')).map(async ({ percent, untilTime, named, isStore }) => ({
          subjectId: await idOf('boosts', named, isStore),
          percent,
          untilTime,
        })),
      ),
    ]);
    if (Object.keys(unknown).length > 0) return refused(unknown);
    const rules = {
      synonyms: readSynonyms(written('synonyms')),
      stopWords: readWords(written('stopWords')),
      curations,
      boosts,
      ranking: rankingOf(form),
      ...versionOf(form, version),
    };
    await client.search.updateSearchRules(rules, keyOf(form));
    revalidatePath('/', 'layout');
    return { notice: t('account.saved') };
  });
}

function rankingOf(form: FormData): SearchRules['ranking'] {
  const typed = RANKING_FIELDS.map((name) => [name, Number(text(form, `ranking.${name}`) ?? 0)]);
  return Object.fromEntries(typed) as SearchRules['ranking'];
}
