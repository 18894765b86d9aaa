import { idSchema, Money, operation, PageQuery, pageOf } from '@plaza/kernel';
import { z } from 'zod';
import { Party } from '../domain/process/process.ts';
import { orderErrors as errors } from './order-errors.ts';

const OrderId = idSchema('order');
const GroupId = idSchema('shipmentGroup');

/** What one side of a dispute showed. Both sides and operators see it; nobody can change it. */
export const Evidence = z
  .object({
    id: idSchema('evidence'),
    by: Party,
    text: z.string(),
    files: z.array(
      z.object({
        filename: z.string(),
        contentType: z.string(),
        url: z.string().meta({ description: 'Works for ten minutes.' }),
      }),
    ),
    time: z.iso.datetime(),
  })
  .meta({ id: 'Evidence' });
export type Evidence = z.output<typeof Evidence>;

/** A part of an order that waits for a ruling. */
export const Dispute = z
  .object({
    orderId: OrderId,
    groupId: GroupId,
    number: z.string(),
    storeName: z.string(),
    title: z.string(),
    state: z.string(),
    held: Money.meta({ description: 'What the buyer paid for it and has not got back.' }),
    reason: z.string().nullable(),
    disputeTime: z.iso.datetime(),
  })
  .meta({ id: 'Dispute' });
export type Dispute = z.output<typeof Dispute>;

const orderId = 'ord_01k9w6x8f0e5rbq2m3n4p5q6r7';
const groupId = 'shg_01k9w6x8f0e5rbq2m3n4p5q6r7';

const exampleEvidence: z.input<typeof Evidence> = {
  id: 'evi_01k9w6x8f0e5rbq2m3n4p5q6r7',
  by: 'buyer',
  text: 'It arrived broken, see the picture.',
  files: [{ filename: 'lamp.jpg', contentType: 'image/jpeg', url: '/files/jaikod/originals/9f86d081?signature=…' }],
  time: '2026-11-21T08:00:00.000Z',
};

export const disputeOperations = {
  addEvidence: operation({
    summary: 'Shows something in a dispute: words and files, for good',
    description:
      'While the order waits for a ruling, and not later than its `evidenceTime`; operators may at any time until the ruling. ' +
      'Files are your own uploads with the purpose `evidence`.',
    access: 'public',
    idempotent: true,
    route: { method: 'POST', path: '/orders/{orderId}/evidence' },
    input: z.object({
      orderId: OrderId,
      groupId: GroupId,
      text: z.string().trim().min(1).max(5_000),
      assetIds: z.array(idSchema('asset')).max(10).default([]),
    }),
    output: Evidence,
    errors: [errors.ORDER_NOT_FOUND, errors.EVIDENCE_CLOSED],
    example: { input: { orderId, groupId, text: exampleEvidence.text, assetIds: [] }, output: exampleEvidence },
  }),
  listEvidence: operation({
    summary: 'What both sides showed about a part of an order, the oldest first',
    access: 'public',
    route: { method: 'GET', path: '/orders/{orderId}/evidence' },
    input: z.object({ orderId: OrderId, groupId: GroupId, ...PageQuery }),
    output: pageOf(Evidence),
    errors: [errors.ORDER_NOT_FOUND],
    example: { input: { orderId, groupId, limit: 20 }, output: { items: [exampleEvidence], nextCursor: null } },
  }),
  listDisputes: operation({
    summary: 'What waits for a ruling, the longest waiting first',
    access: ['moderator', 'admin'],
    route: { method: 'GET', path: '/admin/disputes' },
    input: z.object({ ...PageQuery }),
    output: pageOf(Dispute),
    example: {
      input: { limit: 20 },
      output: {
        items: [
          {
            orderId,
            groupId,
            number: 'JA-P5Q6R7XY',
            storeName: 'Old Light',
            title: 'Vintage lamp',
            state: 'disputed',
            held: { amountMinor: 450_000, currency: 'THB' },
            reason: 'It does not shine.',
            disputeTime: '2026-11-21T07:00:00.000Z',
          },
        ],
        nextCursor: null,
      },
    },
  }),
};
