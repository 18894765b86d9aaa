'use server';

import { revalidatePath } from 'next/cache';
import { api } from '../api.ts';
import { attempt, type FormState, keyOf } from '../form.ts';
import { formatNumber } from '../format.ts';
import { translator } from '../messages.ts';

/** Compares the search index with the catalog, now. */
export async function checkSearchIndex(lang: string, _state: FormState, form: FormData): Promise<FormState> {
  const t = translator(lang);
  return attempt(form, t, async () => {
    const client = await api(lang);
    const { missing, outdated, extra } = await client.search.checkSearchIndex({}, keyOf(form));
    revalidatePath('/', 'layout');
    return { notice: t('searchIndex.done', { count: formatNumber(missing + outdated + extra, lang) }) };
  });
}
