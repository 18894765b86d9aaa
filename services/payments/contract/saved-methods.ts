import { idSchema, operation } from '@plaza/kernel';
import { z } from 'zod';
import { errors } from '../errors.ts';

/** A card that a member keeps with the provider. What charges it stays here, sealed. */
export const SavedMethod = z
  .object({
    id: idSchema('savedMethod'),
    kind: z.literal('card'),
    brand: z.string(),
    last4: z.string(),
    expiryMonth: z.int(),
    expiryYear: z.int(),
    isDefault: z.boolean(),
    isExpired: z.boolean(),
    createdTime: z.iso.datetime(),
  })
  .meta({ id: 'SavedMethod' });
export type SavedMethod = z.output<typeof SavedMethod>;

/** How many cards a member keeps at most. */
export const SAVED_METHODS_MAX = 10;

export const exampleSavedMethod: z.input<typeof SavedMethod> = {
  id: 'smd_01k9w6x8f0e5rbq2m3n4p5q6r7',
  kind: 'card',
  brand: 'visa',
  last4: '4242',
  expiryMonth: 12,
  expiryYear: 2034,
  isDefault: true,
  isExpired: false,
  createdTime: '2026-11-21T08:00:00.000Z',
};

const savedMethodId = idSchema('savedMethod');
const bySavedMethodId = { savedMethodId: exampleSavedMethod.id };

export const savedMethodOperations = {
  listSavedMethods: operation({
    summary: 'Your saved cards, the default first',
    description: 'The id of one is taken as the `token` of a card wherever you pay.',
    access: 'member',
    route: { method: 'GET', path: '/saved-payment-methods' },
    input: z.object({}),
    output: z.object({ items: z.array(SavedMethod) }),
    example: { input: {}, output: { items: [exampleSavedMethod] } },
  }),
  saveMethod: operation({
    summary: 'Keeps a card for later payments',
    description:
      '`token` comes from createPaymentMethod or from the provider’s own form. Where the bank asks first, `actionUrl` leads there; saving is then asked for again with what the provider put into the address on the way back. The first card is the default.',
    access: 'member',
    idempotent: true,
    route: { method: 'POST', path: '/saved-payment-methods' },
    input: z.object({
      token: z.string().min(1).max(1_000),
      isDefault: z.boolean().default(false),
      returnUrl: z.string().max(2_000).optional(),
    }),
    output: z.object({ method: SavedMethod.nullable(), actionUrl: z.string().nullable() }),
    errors: [errors.PAYMENT_METHOD_INVALID, errors.SAVED_METHODS_FULL],
    example: {
      input: { token: 'pm_card_visa' },
      output: { method: exampleSavedMethod, actionUrl: null },
    },
  }),
  makeDefaultMethod: operation({
    summary: 'Makes a saved card the one that subscriptions are paid with',
    access: 'member',
    idempotent: true,
    route: { method: 'POST', path: '/saved-payment-methods/{savedMethodId}/default', status: 200 },
    input: z.object({ savedMethodId }),
    output: SavedMethod,
    errors: [errors.SAVED_METHOD_NOT_FOUND],
    example: { input: bySavedMethodId, output: exampleSavedMethod },
  }),
  removeSavedMethod: operation({
    summary: 'Forgets a saved card, here and at the provider',
    description: 'Of the others the newest becomes the default.',
    access: 'member',
    idempotent: true,
    route: { method: 'DELETE', path: '/saved-payment-methods/{savedMethodId}' },
    input: z.object({ savedMethodId }),
    output: z.object({ removed: z.boolean() }),
    errors: [errors.SAVED_METHOD_NOT_FOUND],
    example: { input: bySavedMethodId, output: { removed: true } },
  }),
  getDefaultMethod: operation({
    summary: "A member's default card, if there is one",
    access: 'service',
    input: z.object({ memberId: idSchema('member') }),
    output: z.object({ method: SavedMethod.nullable() }),
    example: { input: { memberId: 'mem_01k9w6x8f0e5rbq2m3n4p5q6r7' }, output: { method: exampleSavedMethod } },
  }),
};
