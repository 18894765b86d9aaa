import type { PlazaClient } from '@plaza/sdk';
import { revalidatePath } from 'next/cache';
import { visitorApi } from './api.ts';
import { attempt, type FormState } from './form.ts';
import { type MessageKey, translator } from './messages.ts';

/**
 * What most forms do: something through the API, after which every page is shown anew and the form says what was done.
 * A refusal is shown beside its fields.
 */
export async function act(
  lang: string,
  form: FormData,
  done: MessageKey,
  work: (client: PlazaClient) => Promise<unknown>,
): Promise<FormState> {
  const t = translator(lang);
  return attempt(form, t, async () => {
    await work(await visitorApi(lang));
    revalidatePath('/', 'layout');
    return { notice: t(done) };
  });
}
