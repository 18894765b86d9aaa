import {
  asService,
  type Context,
  type Currency,
  type Handlers,
  hasRole,
  type Id,
  invalidInput,
  money,
} from '@plaza/kernel';
import { type CommissionRule, findCategoryPath } from '@plaza/kernel/marketplace';
import type { CommissionRuleLine, Earnings, earningsOperations } from '../contract/earnings.ts';
import type { OrdersDependencies } from '../dependencies.ts';
import { type CommissionTerms, commissionBy, commissionRuleFor, discounted } from '../domain/commission.ts';
import { errors } from '../errors.ts';

/** What a sale leaves its seller, before there is one: from the marketplace's table, nothing is written. */
export function estimateEarnings({
  marketplaces,
  catalog,
  subscriptions,
}: Pick<OrdersDependencies, 'marketplaces' | 'catalog' | 'subscriptions'>): Handlers<typeof earningsOperations> {
  /** An agreement is between the marketplace and that store: nobody else learns its rate. */
  const storeSlugOf = async (storeId: Id<'store'>, context: Context): Promise<string> => {
    const { items } = hasRole(context, 'admin')
      ? await catalog.getStores({ storeIds: [storeId] }, asService('orders', context))
      : await catalog.getMyStores({}, context);
    const store = items.find(({ id }) => id === storeId);
    if (store === undefined) throw errors.STORE_NOT_FOUND({});
    return store.slug;
  };
  /** What the store's plan takes off the commission, asked only where there are plans. */
  const discountOf = async (storeId: Id<'store'> | undefined, context: Context): Promise<number> => {
    if (storeId === undefined || marketplaces.get(context.marketplaceId).plans.plans.length === 0) return 0;
    const owner = { ownerKind: 'store', ownerId: storeId } as const;
    const { entitlements } = await subscriptions.getEntitlements(owner, asService('orders', context));
    const discount = entitlements['commission.discountBp'];
    return typeof discount === 'number' ? discount : 0;
  };
  return {
    async estimateEarnings({ input, context }) {
      const { categories, commission, currency } = marketplaces.get(context.marketplaceId);
      const storeSlug = input.storeId === undefined ? '' : await storeSlugOf(input.storeId, context);
      const path = findCategoryPath(categories, input.categoryId);
      if (path === undefined)
        throw invalidInput([
          { pointer: '/categoryId', code: 'category', detail: 'is not a category of this marketplace' },
        ]);
      const { amountMinor, kind } = input;
      const rule = commissionRuleFor(
        { kind, categoryPath: path.map(({ id }) => id), storeSlug, amountMinor },
        commission,
      );
      const planDiscountBp = await discountOf(input.storeId, context);
      const terms = termsOf(input);
      return {
        price: money(amountMinor, currency),
        rule: rule === undefined ? null : commission.indexOf(rule) + 1,
        planDiscountBp,
        current: earningsBy(discounted(rule, planDiscountBp), amountMinor, currency),
        whatIf: terms === undefined ? null : earningsBy(terms, amountMinor, currency),
      };
    },
    async listCommissionRules({ context }) {
      return { items: marketplaces.get(context.marketplaceId).commission.map(lineFrom) };
    },
  };
}

function earningsBy(terms: CommissionTerms | undefined, amountMinor: number, currency: Currency): Earnings {
  const { commissionRateBp, commissionMinor, commissionVatMinor } = commissionBy(terms, amountMinor);
  return {
    rateBp: commissionRateBp,
    commission: money(commissionMinor, currency),
    commissionVat: money(commissionVatMinor, currency),
    earnings: money(amountMinor - commissionMinor - commissionVatMinor, currency),
  };
}

/** Terms to try; without a rate there are none. */
function termsOf(input: {
  rateBp?: number | undefined;
  minMinor?: number | undefined;
  maxMinor?: number | undefined;
  vatBp?: number | undefined;
}): CommissionTerms | undefined {
  const { rateBp, minMinor, maxMinor, vatBp = 0 } = input;
  return rateBp === undefined ? undefined : { rateBp, minMinor, maxMinor, vatBp };
}

function lineFrom(rule: CommissionRule, index: number): CommissionRuleLine {
  return {
    position: index + 1,
    categoryId: rule.category ?? null,
    storeSlug: rule.store ?? null,
    kind: rule.kind ?? null,
    fromMinor: rule.fromMinor ?? null,
    rateBp: rule.rateBp,
    minMinor: rule.minMinor ?? null,
    maxMinor: rule.maxMinor ?? null,
    vatBp: rule.vatBp,
  };
}
