'use server';

import { revalidatePath } from 'next/cache';
import { visitorApi } from '../api.ts';
import { attempt, type FormState, keyOf } from '../form.ts';
import { formatNumber, formatQuality } from '../format.ts';
import { translator } from '../messages.ts';

/** Compares the search index with the catalog, now. */
export async function checkSearchIndex(lang: string, _state: FormState, form: FormData): Promise<FormState> {
  const t = translator(lang);
  return attempt(form, t, async () => {
    const client = await visitorApi(lang);
    const { missing, outdated, extra } = await client.search.checkSearchIndex({}, keyOf(form));
    revalidatePath('/', 'layout');
    return { notice: t('searchIndex.done', { count: formatNumber(missing + outdated + extra, lang) }) };
  });
}

/** Keeps what was graded of a query's results. What was left open stays as it is. */
export async function gradeResults(lang: string, query: string, _state: FormState, form: FormData): Promise<FormState> {
  const t = translator(lang);
  return attempt(form, t, async () => {
    const grades = [...form].flatMap(([name, value]) =>
      name.startsWith('grade.') ? [{ listingId: name.slice('grade.'.length), grade: Number(value) }] : [],
    );
    if (grades.length === 0) return {};
    const client = await visitorApi(lang);
    const { ndcg10 } = await client.search.gradeResults({ query, grades }, keyOf(form));
    revalidatePath('/', 'layout');
    return { notice: `${t('account.saved')} ${t('judge.quality')}: ${formatQuality(ndcg10, lang)}` };
  });
}

/** Measures today's order on everything that was judged. */
export async function measureRelevance(lang: string, _state: FormState, form: FormData): Promise<FormState> {
  const t = translator(lang);
  return attempt(form, t, async () => {
    const { measure } = await (await visitorApi(lang)).search.measureRelevance({}, keyOf(form));
    revalidatePath('/', 'layout');
    if (measure === null) return { notice: t('judge.notMeasured') };
    return { notice: t('judge.measured', { quality: formatQuality(measure.ndcg10, lang) }) };
  });
}
