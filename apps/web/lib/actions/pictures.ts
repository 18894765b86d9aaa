'use server';

import { redirect } from 'next/navigation';
import { putUpload, visitorApi } from '../api.ts';
import { attempt, type FormState, keyOf } from '../form.ts';
import { translator } from '../messages.ts';
import { paths } from '../paths.ts';

/** Sends a picture to be looked at, and goes on to what was found. */
export async function searchByPicture(lang: string, _state: FormState, form: FormData): Promise<FormState> {
  const t = translator(lang);
  const state = await attempt(form, t, async () => {
    const picture = form.get('picture');
    if (!(picture instanceof File) || picture.size === 0) return { fields: { picture: t('mistake.picture_missing') } };
    const { search } = await visitorApi(lang);
    // Some phones name no type: the bytes say it.
    const contentType = picture.type === '' ? 'image/jpeg' : picture.type;
    const sent = { contentType, sizeBytes: picture.size };
    const { pictureId, uploadUrl, headers } = await search.createPictureSearch(sent, keyOf(form));
    await putUpload(uploadUrl, headers, picture);
    await search.completePictureSearch({ pictureId });
    redirect(paths.pictureMatches(lang, pictureId));
  });
  // What is said of the file before it is sent stands beside the one field that there is.
  const { contentType, sizeBytes } = state.fields ?? {};
  if (contentType !== undefined) return { ...state, fields: { picture: t('mistake.picture_type') } };
  if (sizeBytes !== undefined) return { ...state, fields: { picture: t('mistake.picture_too_large') } };
  return state;
}
