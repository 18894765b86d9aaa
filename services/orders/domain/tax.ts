import type { TaxedThing } from '@plaza/kernel/marketplace';

export { EXEMPT, type TaxedThing, type TaxPlace, taxOn, taxRuleFor } from '@plaza/kernel/marketplace';

/** Shipping, for tax: it follows the rule that holds for physical things of any category. */
export const SHIPPING: TaxedThing = { kind: 'physical', categoryPath: [], taxClass: 'standard' };
