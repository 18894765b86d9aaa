import { exampleCard, ListingCard } from '@plaza/catalog/contract';
import { idSchema, operation, PageQuery, pageOf } from '@plaza/kernel';
import { z } from 'zod';
import { errors } from '../errors.ts';

const ListingId = idSchema('listing');
const PictureId = idSchema('upload');

/** Why a listing is shown to who looks for a picture. */
export const LookReason = z.object({
  /** The same picture, be it in another size or encoding, mirrored or cut a little; or one that looks alike. */
  code: z.enum(['same_picture', 'looks_alike']),
  /**
   * What says that it looks alike: its colors, where they are and which way its edges run, without knowing what it shows; or an
   * image model that the operator chose.
   */
  by: z.enum(['color_and_shape', 'model']),
  /** `name@version` of what described the pictures. */
  model: z.string(),
  /** 0 to 1. Only to be compared within one answer. */
  similarity: z.number(),
});
export type LookReason = z.output<typeof LookReason>;

export const LookMatch = z
  .object({
    listing: ListingCard.extend({ externalId: z.string().nullable(), isInStock: z.boolean() }),
    reason: LookReason,
  })
  .meta({ id: 'LookMatch' });
export type LookMatch = z.output<typeof LookMatch>;

const Filters = {
  categoryId: z.string().max(100).optional().meta({ description: 'This category and all below it.' }),
  priceMinorMin: z.int().min(0).optional(),
  priceMinorMax: z.int().min(0).optional(),
};

const exampleMatch: z.input<typeof LookMatch> = {
  listing: { ...exampleCard, externalId: null, isInStock: true },
  reason: { code: 'same_picture', by: 'color_and_shape', model: 'color-and-shape@1', similarity: 0.98 },
};
const examplePage = { items: [exampleMatch], nextCursor: null };
const examplePictureId = 'upl_01k9w6x8f0e5rbq2m3n4p5q6r7';

/** Finding listings by what they look like. */
export const visualOperations = {
  createPictureSearch: operation({
    summary: 'Begins a search by a picture: answers where to PUT its bytes',
    description:
      'JPEG, PNG, WebP, GIF (its first frame) or AVIF, at most 10 MiB and 100 megapixels. The picture is deleted as soon as it was looked at, or after an hour if it never is; how it looks is forgotten an hour after this call. At most 30 pictures in ten minutes for each caller.',
    access: 'public',
    idempotent: true,
    route: { method: 'POST', path: '/search/pictures' },
    input: z.object({ contentType: z.string().min(3).max(100), sizeBytes: z.int().min(1) }),
    output: z.object({
      pictureId: PictureId,
      uploadUrl: z.string(),
      method: z.literal('PUT'),
      headers: z.record(z.string(), z.string()),
      expireTime: z.iso.datetime(),
    }),
    example: {
      input: { contentType: 'image/jpeg', sizeBytes: 183_204 },
      output: {
        pictureId: examplePictureId,
        uploadUrl: '/files/bazaar/incoming/0199f86d?signature=…',
        method: 'PUT',
        headers: { 'content-type': 'image/jpeg' },
        expireTime: '2026-11-21T07:00:00.000Z',
      },
    },
  }),
  completePictureSearch: operation({
    summary: 'Looks at the picture that was sent, and deletes it',
    description:
      'What cannot be looked at (damaged, no picture, too large, below 16 pixels) is INVALID_INPUT at `/picture`.',
    access: 'public',
    idempotent: true,
    route: { method: 'POST', path: '/search/pictures/{pictureId}/completion', status: 200 },
    input: z.object({ pictureId: PictureId }),
    output: z.object({ pictureId: PictureId, model: z.string(), expireTime: z.iso.datetime() }),
    errors: [errors.PICTURE_NOT_FOUND],
    example: {
      input: { pictureId: examplePictureId },
      output: { pictureId: examplePictureId, model: 'color-and-shape@1', expireTime: '2026-11-21T07:00:00.000Z' },
    },
  }),
  listPictureMatches: operation({
    summary: 'Listings with this picture, then those that look most like it',
    description:
      'The same pictures, then among the 200 most alike those that pass the filters. Each listing says why it is there.',
    access: 'public',
    route: { method: 'GET', path: '/search/pictures/{pictureId}/listings' },
    input: z.object({ pictureId: PictureId, ...Filters, ...PageQuery }),
    output: pageOf(LookMatch),
    errors: [errors.PICTURE_NOT_FOUND, errors.PICTURE_NOT_LOOKED_AT],
    example: { input: { pictureId: examplePictureId, limit: 20 }, output: examplePage },
  }),
  listAlike: operation({
    summary: 'Listings that look like this one',
    description:
      'By its first picture. Nothing while that was not looked at: some seconds after it was uploaded. By color and shape alone, only what is near.',
    access: 'public',
    guestCacheSeconds: 30,
    route: { method: 'GET', path: '/listings/{listingId}/alike' },
    input: z.object({ listingId: ListingId, ...Filters, ...PageQuery }),
    output: pageOf(LookMatch),
    errors: [errors.LISTING_NOT_FOUND],
    example: { input: { listingId: exampleCard.id, limit: 10 }, output: examplePage },
  }),
  listCopies: operation({
    summary: 'Listings of other stores with one of this listing’s pictures: a sign of fraud, or of one supplier',
    access: ['moderator', 'admin'],
    route: { method: 'GET', path: '/admin/listings/{listingId}/copies' },
    input: z.object({ listingId: ListingId, ...PageQuery }),
    output: pageOf(LookMatch),
    errors: [errors.LISTING_NOT_FOUND],
    example: { input: { listingId: exampleCard.id, limit: 20 }, output: examplePage },
  }),
};
