'use server';

import type { Purpose } from '@plaza/media/contract';
import { PlazaError } from '@plaza/sdk';
import { visitorApi } from '../api.ts';
import { errorText, translator } from '../messages.ts';

export type BegunUpload = {
  readonly uploadId: string;
  readonly uploadUrl: string;
  readonly headers: Readonly<Record<string, string>>;
};
export type UploadedFile = {
  readonly assetId: string;
  readonly filename: string;
  readonly thumbUrl: string | null;
};
type Answer<T> = T | { readonly error: string };

/** Where the browser may PUT a file, straight to the storage. */
export async function beginUpload(
  lang: string,
  file: { purpose: Purpose; filename: string; contentType: string; sizeBytes: number },
): Promise<Answer<BegunUpload>> {
  return answered(lang, async () => {
    const client = await visitorApi(lang);
    const { uploadId, uploadUrl, headers } = await client.media.createUpload(file);
    return { uploadId, uploadUrl, headers };
  });
}

/** Checks what has arrived and makes it a file of the member. */
export async function finishUpload(lang: string, uploadId: string): Promise<Answer<UploadedFile>> {
  return answered(lang, async () => {
    const client = await visitorApi(lang);
    const asset = await client.media.completeUpload({ uploadId });
    return { assetId: asset.id, filename: asset.filename, thumbUrl: asset.renditions?.thumb ?? null };
  });
}

async function answered<T>(lang: string, work: () => Promise<T>): Promise<Answer<T>> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof PlazaError) return { error: errorText(translator(lang), error.code, error.message) };
    throw error;
  }
}
