import { bazaarStores } from './bazaar.ts';
import { gamarriandoStores } from './gamarriando.ts';
import { jaikodStores } from './jaikod.ts';
import { temuhashStores } from './temuhash.ts';
import type { DemoStore } from './types.ts';

export type { DemoFile, DemoListing, DemoStore } from './types.ts';

/** The demo's stores by marketplace; a marketplace that is not named here begins empty. */
export const DEMO_STORES: Readonly<Record<string, readonly DemoStore[]>> = {
  bazaar: bazaarStores,
  gamarriando: gamarriandoStores,
  jaikod: jaikodStores,
  temuhash: temuhashStores,
};
