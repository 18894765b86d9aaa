'use server';

import { type ImportEncoding, ImportFormat } from '@plaza/catalog/contract';
import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { visitorApi } from '../api.ts';
import { attempt, type FormState, keyOf, text } from '../form.ts';
import { chosen, entered } from '../form-values.ts';
import { translator } from '../messages.ts';
import { paths } from '../paths.ts';

/** Has a file or pasted rows checked; nothing is written yet. */
export async function checkImport(
  lang: string,
  storeId: string,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  const t = translator(lang);
  return attempt(form, t, async () => {
    const [uploadId, pasted] = [text(form, 'uploadId'), text(form, 'text')];
    const file = form.get('file');
    // Without scripts the file comes with the form itself.
    const encoding = text(form, 'encoding') === undefined ? undefined : chosen<ImportEncoding>(form, 'encoding');
    const sent = file instanceof File && file.size > 0 ? await textOf(file, encoding) : undefined;
    if (sent === null) return { error: t('importFailure.encoding'), code: 'encoding', values: entered(form) };
    const [category, condition] = [text(form, 'defaultCategoryId'), text(form, 'defaultCondition')];
    if (sent === undefined && uploadId === undefined && pasted === undefined)
      return { error: t('import.empty'), code: 'empty', values: entered(form) };
    const client = await visitorApi(lang);
    const job = await client.catalog.createImport(
      {
        storeId,
        ...(uploadId === undefined ? { text: sent ?? pasted ?? '' } : { uploadId }),
        format: ImportFormat.catch('auto').parse(form.get('format')),
        isDryRun: true,
        options: {
          defaultCategoryId: category,
          defaultCondition: condition,
          defaultState: form.get('defaultState') === 'draft' ? 'draft' : 'published',
          kind: chosen(form, 'kind', 'physical'),
          encoding,
        },
      },
      keyOf(form),
    );
    revalidatePath(paths.studioImport(lang));
    redirect(paths.studioImportJob(lang, job.id));
  });
}

/** A file as text; null when it is not written in what was said. */
async function textOf(file: File, encoding = 'utf-8'): Promise<string | null> {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(await file.arrayBuffer());
  } catch {
    return null;
  }
}

/** Imports what was checked. */
export async function startImport(
  lang: string,
  importId: string,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  return attempt(form, translator(lang), async () => {
    const client = await visitorApi(lang);
    await client.catalog.startImport({ importId }, keyOf(form));
    revalidatePath(paths.studioImportJob(lang, importId));
    return {};
  });
}
