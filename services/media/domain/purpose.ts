import type { Purpose } from '../contract.ts';
import { errors } from '../errors.ts';

const MIB = 1_048_576;
const IMAGES = ['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/avif'];
const AUDIO = ['audio/mpeg', 'audio/wav', 'audio/ogg', 'audio/flac', 'audio/mp4'];

/** What is accepted for a purpose. SVG and HTML never are: they run code where they are shown. */
export type Rules = {
  readonly types: readonly string[];
  readonly maxBytes: number;
  /** Shown to anyone at a lasting address; else only by an expiring link. */
  readonly isPublic: boolean;
};

export const RULES: Record<Purpose, Rules> = {
  'listing-image': { types: IMAGES, maxBytes: 25 * MIB, isPublic: true },
  'store-logo': { types: IMAGES, maxBytes: 10 * MIB, isPublic: true },
  avatar: { types: IMAGES, maxBytes: 10 * MIB, isPublic: true },
  'listing-preview': {
    types: [...IMAGES, ...AUDIO, 'model/gltf-binary', 'video/mp4'],
    maxBytes: 100 * MIB,
    isPublic: true,
  },
  'listing-file': {
    types: [
      ...IMAGES,
      ...AUDIO,
      'model/gltf-binary',
      'model/fbx',
      'application/zip',
      'application/gzip',
      'application/pdf',
      'video/mp4',
      'text/plain',
    ],
    maxBytes: 1024 * MIB,
    isPublic: false,
  },
  evidence: { types: [...IMAGES, 'application/pdf', 'video/mp4'], maxBytes: 50 * MIB, isPublic: false },
  'search-picture': { types: IMAGES, maxBytes: 10 * MIB, isPublic: false },
  'import-file': { types: ['text/plain'], maxBytes: 512 * MIB, isPublic: false },
};

/** What browsers and people call the same types. */
const SYNONYMS: Record<string, string> = {
  'image/jpg': 'image/jpeg',
  'audio/mp3': 'audio/mpeg',
  'audio/x-wav': 'audio/wav',
  'audio/wave': 'audio/wav',
  'audio/x-flac': 'audio/flac',
  'audio/x-m4a': 'audio/mp4',
  'application/x-zip-compressed': 'application/zip',
  'application/x-gzip': 'application/gzip',
  'text/csv': 'text/plain',
  'application/x-ndjson': 'text/plain',
  'application/json': 'text/plain',
  'model/gltf+json': 'text/plain',
};

export function normalizedType(contentType: string): string {
  const type = (contentType.split(';')[0] ?? '').trim().toLowerCase();
  return SYNONYMS[type] ?? type;
}

/** A type that only says "some bytes": the check of the content decides. */
export function isUnspecified(contentType: string): boolean {
  return contentType === 'application/octet-stream';
}

/** Refuses a type or size that this purpose does not take. */
export function requireAccepted(purpose: Purpose, contentType: string, sizeBytes: number): void {
  const { types, maxBytes } = RULES[purpose];
  if (!types.includes(contentType)) throw errors.FILE_TYPE_REFUSED({ contentType, accepted: [...types] });
  if (sizeBytes > maxBytes) throw errors.FILE_TOO_LARGE({ maxBytes });
}
