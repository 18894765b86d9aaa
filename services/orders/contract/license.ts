import { idSchema, operation, PageQuery, pageOf } from '@plaza/kernel';
import { z } from 'zod';
import { orderErrors as errors } from './order-errors.ts';

const LicenseId = idSchema('license');

/** A buyer's right to a digital listing. */
export const License = z
  .object({
    id: LicenseId,
    key: z.string().meta({ description: 'To be entered where a license is asked for.' }),
    orderId: idSchema('order'),
    listingId: idSchema('listing'),
    listingSlug: z.string(),
    title: z.string(),
    imageUrl: z.string().nullable(),
    storeName: z.string(),
    /** Which of the marketplace's licenses it is. */
    code: z.string().nullable(),
    quantity: z.int().meta({ description: 'Seats bought.' }),
    state: z.enum(['active', 'revoked']),
    downloadCount: z.int(),
    issuedTime: z.iso.datetime(),
  })
  .meta({ id: 'License' });
export type License = z.output<typeof License>;

const exampleLicense: z.input<typeof License> = {
  id: 'lic_01k9w6x8f0e5rbq2m3n4p5q6r7',
  key: 'K7QW-3M9X-2RTV-8HBN',
  orderId: 'ord_01k9w6x8f0e5rbq2m3n4p5q6r7',
  listingId: 'lst_01k9w6x8f0e5rbq2m3n4p5q6r7',
  listingSlug: 'low-poly-chair-4p5q6r7s',
  title: 'Low-poly chair',
  imageUrl: null,
  storeName: 'Cube Works',
  code: 'standard',
  quantity: 1,
  state: 'active',
  downloadCount: 0,
  issuedTime: '2026-11-21T06:00:00.000Z',
};

export const licenseOperations = {
  listLicenses: operation({
    summary: 'Your library: licenses of digital listings, newest first',
    access: 'member',
    route: { method: 'GET', path: '/licenses' },
    input: z.object({ ...PageQuery }),
    output: pageOf(License),
    example: { input: { limit: 20 }, output: { items: [exampleLicense], nextCursor: null } },
  }),
  listOrderLicenses: operation({
    summary:
      'The licenses of one of your orders; for guests with the guest token it was placed with, or opened by a mailed link',
    access: 'public',
    route: { method: 'GET', path: '/orders/{orderId}/licenses' },
    input: z.object({ orderId: idSchema('order') }),
    output: z.object({ items: z.array(License) }),
    errors: [errors.ORDER_NOT_FOUND],
    example: { input: { orderId: exampleLicense.orderId }, output: { items: [exampleLicense] } },
  }),
  createDownload: operation({
    summary: 'Links to the licensed files; each works for ten minutes',
    description: 'The first download confirms the purchase where the process says so. Every call makes new links.',
    access: 'public',
    route: { method: 'POST', path: '/licenses/{licenseId}/downloads' },
    input: z.object({ licenseId: LicenseId }),
    output: z.object({
      version: z.string().nullable(),
      files: z.array(z.object({ filename: z.string(), url: z.string(), sizeBytes: z.int() })),
      expireTime: z.iso.datetime(),
    }),
    errors: [errors.LICENSE_NOT_FOUND, errors.LICENSE_REVOKED, errors.NO_FILES],
    example: {
      input: { licenseId: exampleLicense.id },
      output: {
        version: '1.0.0',
        files: [{ filename: 'chair.glb', url: '/files/…', sizeBytes: 48_213 }],
        expireTime: '2026-11-21T06:10:00.000Z',
      },
    },
  }),
};
