import { idSchema, operation } from '@plaza/kernel';
import { z } from 'zod';
import { lookOperations } from './contract/look.ts';
import { errors } from './errors.ts';

export { AskedLook, Look, LookProblem } from './contract/look.ts';

export const AssetId = idSchema('asset');
export const UploadId = idSchema('upload');

/** What a file is for. It decides which types and sizes are accepted, and whether anyone may see it. */
export const Purpose = z.enum([
  'listing-image',
  'listing-file',
  'listing-preview',
  'avatar',
  'store-logo',
  'import-file',
  'evidence',
  /** To search by: looked at and deleted. Begun by services alone. */
  'search-picture',
]);
export type Purpose = z.output<typeof Purpose>;

/** WebP copies of an image, at most so wide: thumb 320, card 640, full 1600 pixels. Metadata (place, camera) is removed. */
export const Renditions = z
  .object({ thumb: z.string(), card: z.string(), full: z.string() })
  .meta({ id: 'Renditions' });
export type Renditions = z.output<typeof Renditions>;

/** A checked file. `url` and `renditions` exist only for public files; private ones are had by an expiring link. */
export const Asset = z
  .object({
    id: AssetId,
    purpose: Purpose,
    filename: z.string(),
    contentType: z.string(),
    sizeBytes: z.int(),
    sha256: z.string(),
    isPublic: z.boolean(),
    url: z.string().nullable(),
    renditions: Renditions.nullable(),
    width: z.int().nullable(),
    height: z.int().nullable(),
    createdTime: z.iso.datetime(),
  })
  .meta({ id: 'Asset' });
export type Asset = z.output<typeof Asset>;

const exampleAsset: z.input<typeof Asset> = {
  id: 'ast_01k9w6x8f0e5rbq2m3n4p5q6r7',
  purpose: 'listing-image',
  filename: 'chair.jpg',
  contentType: 'image/jpeg',
  sizeBytes: 183_204,
  sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  isPublic: true,
  url: '/files/bazaar/renditions/9f86d081/full.webp',
  renditions: {
    thumb: '/files/bazaar/renditions/9f86d081/thumb.webp',
    card: '/files/bazaar/renditions/9f86d081/card.webp',
    full: '/files/bazaar/renditions/9f86d081/full.webp',
  },
  width: 1600,
  height: 1200,
  createdTime: '2026-11-21T06:00:00.000Z',
};

const Filename = z.string().min(1).max(255);

/** Files of a marketplace: uploads, checks, image renditions, expiring downloads. */
export const mediaContract = {
  createUpload: operation({
    summary: 'Begins an upload: answers where to PUT the bytes',
    access: 'member',
    idempotent: true,
    route: { method: 'POST', path: '/uploads' },
    input: z.object({
      purpose: Purpose,
      filename: Filename,
      contentType: z.string().min(3).max(100),
      sizeBytes: z.int().min(1),
    }),
    output: z.object({
      uploadId: UploadId,
      uploadUrl: z.string(),
      method: z.literal('PUT'),
      headers: z.record(z.string(), z.string()),
      expireTime: z.iso.datetime(),
    }),
    errors: [errors.FILE_TYPE_REFUSED, errors.FILE_TOO_LARGE],
    example: {
      input: { purpose: 'listing-image', filename: 'chair.jpg', contentType: 'image/jpeg', sizeBytes: 183_204 },
      output: {
        uploadId: 'upl_01k9w6x8f0e5rbq2m3n4p5q6r7',
        uploadUrl: '/files/bazaar/incoming/0199f86d?signature=…',
        method: 'PUT',
        headers: { 'content-type': 'image/jpeg' },
        expireTime: '2026-11-21T06:15:00.000Z',
      },
    },
  }),
  completeUpload: operation({
    summary: 'Checks an uploaded file (size, type, malicious content) and makes it an asset',
    access: 'member',
    idempotent: true,
    route: { method: 'POST', path: '/uploads/{uploadId}/completion' },
    input: z.object({ uploadId: UploadId }),
    output: Asset,
    errors: [
      errors.UPLOAD_NOT_FOUND,
      errors.UPLOAD_INCOMPLETE,
      errors.FILE_TYPE_REFUSED,
      errors.FILE_TOO_LARGE,
      errors.FILE_UNREADABLE,
      errors.FILE_CHANGED,
      errors.FILE_MALICIOUS,
    ],
    example: { input: { uploadId: 'upl_01k9w6x8f0e5rbq2m3n4p5q6r7' }, output: exampleAsset },
  }),
  getAsset: operation({
    summary: 'One of your own files',
    access: 'member',
    route: { method: 'GET', path: '/files/{assetId}' },
    input: z.object({ assetId: AssetId }),
    output: Asset,
    errors: [errors.ASSET_NOT_FOUND],
    example: { input: { assetId: 'ast_01k9w6x8f0e5rbq2m3n4p5q6r7' }, output: exampleAsset },
  }),
  getAssets: operation({
    summary: 'Several assets at once; unknown ids are left out',
    access: 'service',
    input: z.object({
      assetIds: z.array(AssetId).max(1000),
      /** Only those that this member owns, or that a service stored. */
      ownerMemberId: idSchema('member').optional(),
    }),
    output: z.object({ items: z.array(Asset) }),
    example: { input: { assetIds: ['ast_01k9w6x8f0e5rbq2m3n4p5q6r7'] }, output: { items: [exampleAsset] } },
  }),
  createDownloadUrl: operation({
    summary: 'An expiring signed link to a private file, under a given name',
    access: 'service',
    input: z.object({
      assetId: AssetId,
      expiresInSeconds: z.int().min(10).max(86_400).default(600),
      filename: Filename.optional(),
    }),
    output: z.object({ url: z.string(), expireTime: z.iso.datetime() }),
    errors: [errors.ASSET_NOT_FOUND],
    example: {
      input: { assetId: 'ast_01k9w6x8f0e5rbq2m3n4p5q6r7', expiresInSeconds: 600, filename: 'chair.glb' },
      output: { url: '/files/temuhash/originals/9f86d081?signature=…', expireTime: '2026-11-21T06:10:00.000Z' },
    },
  }),
  importFromUrl: operation({
    summary: 'Fetches a file by http(s) or data: address, or by name from an allowed folder, and makes it an asset',
    description:
      'Refuses private addresses unless PLAZA_IMPORT_PRIVATE_ADDRESSES=on. Equal bytes are stored once. `folder` is a path on the server, for imports from disk.',
    access: 'service',
    input: z.object({
      purpose: Purpose,
      url: z.string().max(10_000_000),
      ownerMemberId: idSchema('member').optional(),
      folder: z.string().optional(),
    }),
    output: Asset,
    errors: [
      errors.SOURCE_UNREACHABLE,
      errors.FILE_TYPE_REFUSED,
      errors.FILE_TOO_LARGE,
      errors.FILE_UNREADABLE,
      errors.FILE_MALICIOUS,
    ],
    example: { input: { purpose: 'listing-image', url: 'https://example.com/chair.jpg' }, output: exampleAsset },
  }),
  storeBytes: operation({
    summary: 'Makes an asset of bytes (base64) or of a file on the server, for seeds',
    access: 'service',
    input: z
      .object({
        purpose: Purpose,
        filename: Filename,
        base64: z.base64().optional(),
        path: z.string().optional(),
        ownerMemberId: idSchema('member').optional(),
      })
      .refine((input) => (input.base64 === undefined) !== (input.path === undefined), 'give either base64 or path'),
    output: Asset,
    errors: [errors.FILE_TYPE_REFUSED, errors.FILE_TOO_LARGE, errors.FILE_UNREADABLE, errors.FILE_MALICIOUS],
    example: {
      input: { purpose: 'listing-image', filename: 'chair.jpg', base64: '/9j/4AAQSkZJRg==' },
      output: exampleAsset,
    },
  }),
  ...lookOperations,
};
