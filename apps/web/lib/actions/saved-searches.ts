'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { visitorApi } from '../api.ts';
import { attempt, type FormState, keyOf, text, versionOf } from '../form.ts';
import { getMarketplace } from '../marketplace.ts';
import { translator } from '../messages.ts';
import { paths } from '../paths.ts';
import { resultsHref, type SavedQuery } from '../saved-query.ts';

const DELIVERIES = ['instant', 'daily', 'none'] as const;

/** What a form says of a search's name and alerts. */
function chosenIn(form: FormData) {
  const name = text(form, 'name');
  return {
    name,
    alerts: (['new', 'price_drop'] as const).filter((kind) => form.has(kind)),
    delivery: DELIVERIES.find((each) => each === form.get('delivery')) ?? 'daily',
  };
}

export async function saveSearch(
  lang: string,
  search: SavedQuery,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  return attempt(form, translator(lang), async () => {
    const client = await visitorApi(lang);
    await client.discovery.createSavedSearch({ search, ...chosenIn(form) }, keyOf(form));
    revalidatePath(paths.savedSearches(lang));
    redirect(paths.savedSearches(lang));
  });
}

export async function changeSavedSearch(
  lang: string,
  { id, version }: { readonly id: string; readonly version: number },
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  return attempt(form, translator(lang), async () => {
    const client = await visitorApi(lang);
    const change = { savedSearchId: id, ...chosenIn(form), ...versionOf(form, version) };
    await client.discovery.updateSavedSearch(change, keyOf(form));
    revalidatePath(paths.savedSearches(lang));
    redirect(paths.savedSearches(lang));
  });
}

export async function deleteSavedSearch(
  lang: string,
  id: string,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  return attempt(form, translator(lang), async () => {
    await (await visitorApi(lang)).discovery.deleteSavedSearch({ savedSearchId: id }, keyOf(form));
    revalidatePath(paths.savedSearches(lang));
    return {};
  });
}

/** Leads to what a saved search finds now; what it found so far is new no more. */
export async function showSavedSearch(lang: string, id: string, _state: FormState, form: FormData): Promise<FormState> {
  return attempt(form, translator(lang), async () => {
    const [client, { currency }] = [await visitorApi(lang), await getMarketplace(lang)];
    const { search } = await client.discovery.markSavedSearchSeen({ savedSearchId: id }, keyOf(form));
    revalidatePath(paths.savedSearches(lang));
    redirect(resultsHref(lang, search, currency));
  });
}

/** Ends mails by the key that stands in them: whoever has it need not sign in. */
export async function stopAlerts(
  lang: string,
  stop: { readonly mailKey: string; readonly savedSearchId?: string },
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  return attempt(form, translator(lang), async () => {
    await (await visitorApi(lang)).discovery.stopSearchAlerts(stop, keyOf(form));
    return { result: { isDone: true } };
  });
}
