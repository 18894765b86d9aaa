import { beginUpload } from '../lib/actions/uploads.ts';

type Purpose = Parameters<typeof beginUpload>[1]['purpose'];

/** Types that browsers do not know, by the name's end. */
const TYPES: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  ndjson: 'application/x-ndjson',
  jsonl: 'application/x-ndjson',
  json: 'application/json',
  glb: 'model/gltf-binary',
  gltf: 'model/gltf+json',
  fbx: 'model/fbx',
  zip: 'application/zip',
  gz: 'application/gzip',
  unitypackage: 'application/gzip',
  wav: 'audio/wav',
};

/** Sends a file straight to the storage; answers the upload's id, or what went wrong, for people. */
export async function sendFile(
  lang: string,
  purpose: Purpose,
  file: File,
  failed: string,
): Promise<{ uploadId: string } | { error: string }> {
  const ending = file.name.split('.').at(-1)?.toLowerCase() ?? '';
  const contentType = TYPES[ending] ?? (file.type || 'application/octet-stream');
  const begun = await beginUpload(lang, { purpose, filename: file.name, contentType, sizeBytes: file.size });
  if ('error' in begun) return begun;
  const response = await fetch(begun.uploadUrl, { method: 'PUT', headers: begun.headers, body: file }).catch(
    () => undefined,
  );
  return response?.ok === true ? { uploadId: begun.uploadId } : { error: failed };
}
