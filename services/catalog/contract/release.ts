import { operation, PageQuery, pageOf } from '@plaza/kernel';
import { AssetId } from '@plaza/media/contract';
import { z } from 'zod';
import { errors } from '../errors.ts';
import { ListingId, ReleaseId } from './common.ts';

/** Where a release works, e.g. Unity 2022.3 to 6000.0. */
const Compatibility = z.object({
  engine: z.string().min(1).max(50),
  versionMin: z.string().max(30).optional(),
  versionMax: z.string().max(30).optional(),
});

/** What a buyer may do with it; a variant sells one of them by `code`. */
const LicenseOption = z.object({
  code: z.string().min(1).max(50),
  name: z.string().min(1).max(100),
  summary: z.string().max(1000).optional(),
});

const File = z.object({
  assetId: AssetId,
  filename: z.string().min(1).max(255),
  contentType: z.string(),
  sizeBytes: z.int(),
  sha256: z.string(),
});

/** A version of a digital listing, as anyone may see it: the files by name and size, not their assets. */
export const Release = z
  .object({
    id: ReleaseId,
    listingId: ListingId,
    version: z.string(),
    changelog: z.string(),
    compatibility: z.array(Compatibility),
    licenseOptions: z.array(LicenseOption),
    files: z.array(File.omit({ assetId: true, sha256: true })),
    isCurrent: z.boolean(),
    createdTime: z.iso.datetime(),
  })
  .meta({ id: 'Release' });
export type Release = z.output<typeof Release>;

const exampleRelease: z.input<typeof Release> = {
  id: 'rel_01k9w6x8f0e5rbq2m3n4p5q6r7',
  listingId: 'lst_01k9w6x8f0e5rbq2m3n4p5q6r7',
  version: '1.0.0',
  changelog: 'First release.',
  compatibility: [{ engine: 'unity', versionMin: '2022.3' }],
  licenseOptions: [{ code: 'standard', name: 'Standard license' }],
  files: [{ filename: 'chair.glb', contentType: 'model/gltf-binary', sizeBytes: 48_213 }],
  isCurrent: true,
  createdTime: '2026-11-21T06:00:00.000Z',
};

export const releaseOperations = {
  createRelease: operation({
    summary: 'Adds a version to your digital listing; it becomes the current one',
    access: ['seller'],
    idempotent: true,
    route: { method: 'POST', path: '/listings/{listingId}/releases' },
    input: z.object({
      listingId: ListingId,
      version: z.string().trim().min(1).max(50),
      changelog: z.string().max(20_000).default(''),
      compatibility: z.array(Compatibility).max(50).default([]),
      licenseOptions: z
        .array(LicenseOption)
        .max(10)
        .default([{ code: 'standard', name: 'Standard license' }]),
      files: z
        .array(z.object({ assetId: AssetId, filename: z.string().min(1).max(255).optional() }))
        .min(1)
        .max(100),
    }),
    output: Release,
    errors: [errors.LISTING_NOT_FOUND, errors.RELEASE_VERSION_TAKEN],
    example: {
      input: {
        listingId: exampleRelease.listingId,
        version: '1.0.0',
        files: [{ assetId: 'ast_01k9w6x8f0e5rbq2m3n4p5q6r7' }],
      },
      output: exampleRelease,
    },
  }),
  listReleases: operation({
    summary: 'Versions of a digital listing, newest first',
    access: 'public',
    guestCacheSeconds: 30,
    route: { method: 'GET', path: '/listings/{listingId}/releases' },
    input: z.object({ listingId: ListingId, ...PageQuery }),
    output: pageOf(Release),
    errors: [errors.LISTING_NOT_FOUND],
    example: { input: { listingId: exampleRelease.listingId }, output: { items: [exampleRelease], nextCursor: null } },
  }),
  getLicensedFiles: operation({
    summary: 'The files a license of this listing gives: those of its current release',
    access: 'service',
    input: z.object({ listingId: ListingId }),
    output: z.object({
      listingId: ListingId,
      releaseId: ReleaseId.nullable(),
      version: z.string().nullable(),
      licenseOptions: z.array(LicenseOption),
      files: z.array(File),
    }),
    errors: [errors.LISTING_NOT_FOUND],
    example: {
      input: { listingId: exampleRelease.listingId },
      output: { listingId: exampleRelease.listingId, releaseId: null, version: null, licenseOptions: [], files: [] },
    },
  }),
};
