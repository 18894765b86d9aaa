import type { Reaction } from '@plaza/runtime';
import type { Dependencies } from './operations/notify.ts';
import { accountReactions } from './reactions/account.ts';
import { chargebackReactions } from './reactions/chargebacks.ts';
import { moneyReactions } from './reactions/money.ts';
import { offerReactions } from './reactions/offers.ts';
import { orderReactions } from './reactions/orders.ts';
import { reviewReactions } from './reactions/reviews.ts';
import { savedSearchReactions } from './reactions/saved-searches.ts';
import { subscriptionReactions } from './reactions/subscriptions.ts';
import { tellBy } from './reactions/tell.ts';

/** Who is told what when something happened. The words are in `templates/`; a marketplace may have its own. */
export function createReactions(dependencies: Dependencies): readonly Reaction[] {
  const tell = tellBy(dependencies);
  return [
    ...accountReactions(tell),
    ...orderReactions(dependencies),
    ...offerReactions(tell),
    ...moneyReactions(tell),
    ...chargebackReactions(dependencies),
    ...reviewReactions(tell),
    ...savedSearchReactions(tell),
    ...subscriptionReactions(dependencies.platform.marketplaces, tell),
  ];
}
