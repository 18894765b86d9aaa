import type { Handler } from '@plaza/kernel';
import { publicSettings } from '@plaza/kernel/marketplace';
import type { Platform } from '@plaza/runtime';
import type { adminContract, PublicMarketplace } from '../contract.ts';

/** Every marketplace of this installation, as anyone may know it. */
export function listMarketplaces(platform: Platform): Handler<typeof adminContract.listMarketplaces> {
  return async ({ input, context }) => ({
    items: platform.marketplaces.list().map(({ id }) => describe(platform, id, input.locale ?? context.locale)),
  });
}

/** One of them; MARKETPLACE_UNKNOWN when there is none of that id. */
export function getMarketplace(platform: Platform): Handler<typeof adminContract.getMarketplace> {
  return async ({ input, context }) => describe(platform, input.marketplaceId, input.locale ?? context.locale);
}

function describe({ marketplaces, publicUrl }: Platform, id: string, locale: string): PublicMarketplace {
  return { ...publicSettings(marketplaces.get(id), locale), url: publicUrl(id) };
}
