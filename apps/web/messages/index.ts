import { account } from './account.ts';
import { afterSale } from './after-sale.ts';
import { audit } from './audit.ts';
import { cash } from './cash.ts';
import { coin } from './coin.ts';
import { discovery } from './discovery.ts';
import { documents } from './documents.ts';
import { errors } from './errors.ts';
import { inBrowser } from './in-browser.ts';
import { listingEdit } from './listing-edit.ts';
import { mistakes } from './mistakes.ts';
import { near } from './near.ts';
import { notifications } from './notifications.ts';
import { operators } from './operators.ts';
import { payouts } from './payouts.ts';
import { pictures } from './pictures.ts';
import { plans } from './plans.ts';
import { reconciliation } from './reconciliation.ts';
import { reviews } from './reviews.ts';
import { savedSearches } from './saved-searches.ts';
import { searchQuality } from './search-quality.ts';
import { searchRules } from './search-rules.ts';
import { shop } from './shop.ts';
import { studio } from './studio.ts';
import { wallet } from './wallet.ts';

/** Every text of the interface, in every language. */
export const MESSAGES = {
  ...shop,
  ...errors,
  ...mistakes,
  ...account,
  ...studio,
  ...listingEdit,
  ...operators,
  ...coin,
  ...inBrowser,
  ...cash,
  ...searchRules,
  ...searchQuality,
  ...documents,
  ...reconciliation,
  ...payouts,
  ...afterSale,
  ...audit,
  ...plans,
  ...wallet,
  ...discovery,
  ...pictures,
  ...savedSearches,
  ...reviews,
  ...near,
  ...notifications,
};
