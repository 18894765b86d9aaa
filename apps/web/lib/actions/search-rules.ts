'use server';

import { createHash } from 'node:crypto';
import { revalidatePath } from 'next/cache';
import { api } from '../api.ts';
import { attempt, type FormState, keyOf, text } from '../form.ts';
import { translator } from '../messages.ts';
import { readCurations, readSynonyms, readWords } from '../search-rules.ts';

/** Replaces the rules that the page showed as `version`. Listings may be named by address; one that is unknown is refused. */
export async function saveSearchRules(
  lang: string,
  version: number,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  const t = translator(lang);
  return attempt(form, t, async () => {
    const client = await api(lang);
    const written = ['synonyms', 'stopWords', 'curations'].map((name) => text(form, name) ?? '');
    const [synonyms = '', stopWords = '', curations = ''] = written;
    const idOf = async (named: string): Promise<string> =>
      named.startsWith('lst_') ? named : (await client.catalog.getListing({ listingId: named })).id;
    const rules = {
      synonyms: readSynonyms(synonyms),
      stopWords: readWords(stopWords),
      curations: await Promise.all(
        readCurations(curations).map(async ({ query, pinned, hidden }) => ({
          query,
          pinnedListingIds: await Promise.all(pinned.map(idOf)),
          hiddenListingIds: await Promise.all(hidden.map(idOf)),
        })),
      ),
      expectedVersion: version,
    };
    // What was written is part of the key: after a mistake is mended, it is another request.
    const digest = createHash('sha256').update(written.join('\n\n')).digest('hex').slice(0, 16);
    await client.search.updateSearchRules(rules as never, {
      idempotencyKey: `${keyOf(form).idempotencyKey}-${digest}`,
    });
    revalidatePath('/', 'layout');
    return { notice: t('account.saved') };
  });
}
