import { idSchema, Money, operation, PageQuery, pageOf } from '@plaza/kernel';
import { z } from 'zod';

/** A parcel that is on its way and paid at the door. */
export const DueParcel = z
  .object({
    orderId: idSchema('order'),
    groupId: idSchema('shipmentGroup'),
    number: z.string(),
    storeName: z.string(),
    carrier: z.string().nullable(),
    trackingNumber: z.string().nullable(),
    due: Money,
    shippedTime: z.iso.datetime(),
    /** When it is taken as delivered and paid unless something else is recorded. */
    dueTime: z.iso.datetime().nullable(),
  })
  .meta({ id: 'DueParcel' });
export type DueParcel = z.output<typeof DueParcel>;

/** One line of what a carrier reports. */
export const ParcelReportLine = z.object({
  trackingNumber: z.string().trim().min(1).max(80),
  outcome: z.enum(['collected', 'refused']),
  /** What was collected, in minor units; it must be all that was due. */
  amountMinor: z.int().min(0).optional(),
  /** The carrier's own words: who signed, why it was not taken in. */
  note: z.string().trim().min(1).max(500).optional(),
});

/**
 * `recorded` now, or `recorded_before`. `unknown`: no parcel has this number. `amount_differs`: not what was due.
 * `not_possible`: several parcels have it, or it is not on its way.
 */
export const ParcelResult = z.enum(['recorded', 'recorded_before', 'unknown', 'amount_differs', 'not_possible']);
export type ParcelResult = z.output<typeof ParcelResult>;

const example: z.input<typeof DueParcel> = {
  orderId: 'ord_01k9w6x8f0e5rbq2m3n4p5q6r7',
  groupId: 'shg_01k9w6x8f0e5rbq2m3n4p5q6r7',
  number: 'JA-4P5Q6R7S',
  storeName: 'Old Light',
  carrier: 'Kerry',
  trackingNumber: 'TH123456789',
  due: { amountMinor: 45_000, currency: 'THB' },
  shippedTime: '2026-11-21T08:00:00.000Z',
  dueTime: '2026-12-11T08:00:00.000Z',
};

/** Parcels that are paid at the door, and what their carriers report of them. */
export const parcelOperations = {
  listDueParcels: operation({
    summary: 'Parcels on their way that are paid at the door, the longest first',
    access: ['admin'],
    route: { method: 'GET', path: '/admin/parcels' },
    input: z.object(PageQuery),
    output: pageOf(DueParcel),
    example: { input: { limit: 20 }, output: { items: [example], nextCursor: null } },
  }),
  recordParcels: operation({
    summary: 'Records what a carrier reports: which parcels were handed over and paid, and which were not taken in',
    description:
      'Each line by itself: those that cannot be recorded are told, and change nothing. A line that is sent again does nothing.',
    access: ['admin'],
    idempotent: true,
    route: { method: 'POST', path: '/admin/parcel-reports', status: 200 },
    input: z.object({ lines: z.array(ParcelReportLine).min(1).max(500) }),
    output: z.object({
      items: z.array(
        z.object({ trackingNumber: z.string(), result: ParcelResult, orderId: idSchema('order').nullable() }),
      ),
    }),
    example: {
      input: { lines: [{ trackingNumber: 'TH123456789', outcome: 'collected', amountMinor: 45_000 }] },
      output: { items: [{ trackingNumber: 'TH123456789', result: 'recorded', orderId: example.orderId }] },
    },
  }),
};
