import { Currency, idSchema, operation } from '@plaza/kernel';
import { z } from 'zod';
import { CASH_PROBLEMS } from '../domain/cash-offer.ts';
import { errors } from '../errors.ts';
import { exampleHold, Hold } from './holds.ts';

/** Why a purchase cannot be paid at the door. */
export const CashProblem = z.enum(CASH_PROBLEMS);
export type CashProblem = z.output<typeof CashProblem>;

const storeId = idSchema('store');
const groupId = idSchema('shipmentGroup');
const exampleStoreId = 'sto_01k9w6x8f0e5rbq2m3n4p5q6r7';

const CashOnDelivery = z
  .object({
    storeId,
    isOffered: z.boolean().meta({ description: 'Buyers of this marketplace may pay at the door at all.' }),
    accepts: z.boolean().meta({ description: 'Those of this store may.' }),
    collector: z
      .enum(['seller', 'carrier'])
      .nullable()
      .meta({ description: 'Who takes the cash: the seller, or a carrier that hands it to the marketplace.' }),
  })
  .meta({ id: 'CashOnDelivery' });

const example = {
  storeId: exampleStoreId,
  isOffered: true,
  accepts: true,
  collector: 'seller',
} as const satisfies z.input<typeof CashOnDelivery>;

/** Paying at the door: who may, and what became of it (decision 0024). */
export const cashOperations = {
  getCashOnDelivery: operation({
    summary: "Whether a store's buyers may pay at the door",
    access: ['seller', 'admin'],
    route: { method: 'GET', path: '/stores/{storeId}/cash-on-delivery' },
    input: z.object({ storeId }),
    output: CashOnDelivery,
    errors: [errors.STORE_ACCOUNT_NOT_FOUND],
    example: { input: { storeId: exampleStoreId }, output: example },
  }),
  setCashOnDelivery: operation({
    summary: "Lets a store's buyers pay at the door, or no longer",
    description: 'Orders that were placed with it go on.',
    access: ['seller', 'admin'],
    idempotent: true,
    route: { method: 'PUT', path: '/stores/{storeId}/cash-on-delivery', status: 200 },
    input: z.object({ storeId, accepts: z.boolean() }),
    output: CashOnDelivery,
    errors: [errors.STORE_ACCOUNT_NOT_FOUND],
    example: { input: { storeId: exampleStoreId, accepts: true }, output: example },
  }),
  checkCashOffer: operation({
    summary: 'Whether a purchase of these stores by this member may be paid at the door, and if not, why',
    access: 'service',
    input: z.object({
      amountMinor: z.int().min(0),
      currency: Currency,
      storeIds: z.array(storeId).min(1).max(100),
      memberId: idSchema('member').nullable(),
    }),
    output: z.object({ methodId: z.string().nullable(), problem: CashProblem.nullable() }),
    example: {
      input: { amountMinor: 45_000, currency: 'MXN', storeIds: [exampleStoreId], memberId: null },
      output: { methodId: 'cash', problem: 'NOT_A_MEMBER' },
    },
  }),
  collectCash: operation({
    summary: 'The cash of a group was taken at the door; it is held from now on',
    description: 'Idempotent by group. Whoever took it, seller or carrier, owes it to the escrow of the sale.',
    access: 'service',
    input: z.object({ groupId, proof: z.string().max(500).optional() }),
    output: Hold,
    errors: [errors.HOLD_NOT_FOUND, errors.HOLD_CLOSED],
    example: { input: { groupId: exampleHold.groupId, proof: 'Signed by A. Ruiz' }, output: exampleHold },
  }),
  waiveCash: operation({
    summary: 'The cash of a group is not asked for any more: it was canceled, or refused at the door',
    description: 'Idempotent by group. No money moves. A parcel that was refused counts against its buyer.',
    access: 'service',
    input: z.object({ groupId, isRefused: z.boolean() }),
    output: Hold,
    errors: [errors.HOLD_NOT_FOUND, errors.HOLD_CLOSED],
    example: {
      input: { groupId: exampleHold.groupId, isRefused: true },
      output: { ...exampleHold, state: 'waived' },
    },
  }),
};
