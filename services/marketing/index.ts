import type { catalogContract } from '@plaza/catalog/contract';
import type { Client } from '@plaza/kernel';
import { defineService } from '@plaza/runtime';
import { marketingContract } from './contract.ts';
import { errors } from './errors.ts';
import { couponRedeemed } from './events.ts';
import { manageCoupons } from './operations/manage-coupons.ts';
import { useCoupons } from './operations/use-coupons.ts';

export { marketingContract } from './contract.ts';

/** Coupons: made by stores and the platform, used by checkouts, never beyond their limits. */
export const marketingService = defineService({
  name: 'marketing',
  floor: 4,
  contract: marketingContract,
  events: [couponRedeemed],
  errors,
  migrations: new URL('./migrations/', import.meta.url),
  create({ database, clock }, { catalog }: { catalog: Client<typeof catalogContract> }) {
    return { handlers: { ...manageCoupons({ database, clock, catalog }), ...useCoupons({ database, clock }) } };
  },
});
