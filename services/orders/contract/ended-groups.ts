import { idSchema, operation, pageOf } from '@plaza/kernel';
import { z } from 'zod';
import { exampleOrder, OrderId, ShipmentGroup } from './order.ts';

/** A store's part of an order that has come to its end, with what other services ask of it: who bought what, and what was paid. */
export const EndedGroup = ShipmentGroup.pick({
  id: true,
  storeId: true,
  state: true,
  isFinal: true,
  lines: true,
  total: true,
  released: true,
}).extend({
  orderId: OrderId,
  /** Null: a guest. */
  buyerMemberId: idSchema('member').nullable(),
  sellerMemberId: idSchema('member'),
  endedTime: z.iso.datetime(),
  /** Grows with every change of the group; the same as in its events. */
  version: z.int(),
});
export type EndedGroup = z.output<typeof EndedGroup>;

const [exampleGroup] = exampleOrder.groups;

/** For services that keep what was bought, and for those that were not there to hear of it. */
export const endedGroupOperations = {
  listEndedGroups: operation({
    summary: 'Shipment groups that have come to their end, the first to be placed first; all, or of one order',
    access: 'service',
    input: z.object({
      orderId: OrderId.optional(),
      limit: z.int().min(1).max(500).default(200),
      cursor: z.string().max(500).optional(),
    }),
    output: pageOf(EndedGroup),
    example: {
      input: { limit: 200 },
      output: {
        items: [
          {
            ...(exampleGroup as z.input<typeof ShipmentGroup>),
            state: 'completed',
            isFinal: true,
            orderId: exampleOrder.id,
            buyerMemberId: 'mem_01k9w6x8f0e5rbq2m3n4p5q6r7',
            sellerMemberId: 'mem_01k9w6x8f0e5rbq2m3n4p5q6r8',
            endedTime: '2026-12-21T06:00:00.000Z',
            version: 4,
          },
        ],
        nextCursor: null,
      },
    },
  }),
};
