import { memberEmailVerified } from '@plaza/identity/events';
import { type Context, commonErrors, type Handlers, requireMember } from '@plaza/kernel';
import { checkAccess, inTransaction, type Reaction, reaction } from '@plaza/runtime';
import { guestOrderOperations } from '../contract/guest-order.ts';
import type { SellingDependencies } from '../dependencies.ts';
import { errors } from '../errors.ts';
import { GUEST_ACCESS, orderLinkRequested } from '../events.ts';
import { addOpenedBy, claimGuestOrders, openOrdersOfBrowser, takeLinkMail } from '../store/guest-order.ts';
import { findOrder } from '../store/order.ts';
import { isBuyer, viewOrder } from './open-order.ts';

/** How long a guest who asked for a link waits for the next, in seconds. */
const LINK_PAUSE_SECONDS = 300;

/** Coming back to an order that was bought without an account. */
export function guestOrders(dependencies: SellingDependencies): Handlers<typeof guestOrderOperations> {
  const { database, clock, signingKey } = dependencies;
  return {
    /**
     * From then on the caller's guest token, or their session, opens the order like that of its buyer. A token of another
     * order, or of none, is answered like an order that is not there.
     */
    openGuestOrder: inTransaction(database, guestOrderOperations.openGuestOrder, async ({ input, context, tx }) => {
      const { marketplaceId } = context;
      const access = { purpose: GUEST_ACCESS, marketplaceId, subject: input.orderId };
      const verdict = checkAccess(access, input.token, signingKey, clock());
      const order = verdict === 'forged' ? undefined : await findOrder(tx, marketplaceId, input.orderId);
      if (order === undefined) throw errors.ORDER_NOT_FOUND({});
      if (verdict === 'expired') throw errors.ORDER_LINK_EXPIRED({});
      if (isBuyer(context, order)) return viewOrder(dependencies, tx, order, context);
      const holder = holderOf(context);
      await addOpenedBy(tx, marketplaceId, order.id, holder);
      return viewOrder(dependencies, tx, { ...order, openedBy: [...order.openedBy, holder] }, context);
    }),

    mailOrderLink: inTransaction(database, guestOrderOperations.mailOrderLink, async ({ input, tx }) => {
      const now = clock();
      const order = await takeLinkMail(tx, tx.marketplaceId, {
        ...input,
        now,
        mailedBefore: new Date(now.getTime() - LINK_PAUSE_SECONDS * 1000),
      });
      if (order !== undefined) await tx.announce(orderLinkRequested, order.orderId, { ...order, buyerMemberId: null });
      return {};
    }),

    keepGuestOrders: inTransaction(database, guestOrderOperations.keepGuestOrders, async ({ input, context, tx }) => {
      await openOrdersOfBrowser(tx, tx.marketplaceId, input.guestToken, requireMember(context).memberId);
      return {};
    }),
  };
}

/** Who bought as a guest and shows that the address is theirs, has the orders and licenses in their account. */
export function claimingReaction(): Reaction {
  return reaction(memberEmailVerified, async ({ event, context, tx }) => {
    const { memberId, email } = event.data;
    for (const orderId of await claimGuestOrders(tx, tx.marketplaceId, memberId, email))
      await tx.audit({ action: 'order.claim', subject: orderId, actor: context.actor, details: { memberId } });
  });
}

/** What the caller is known by: a guest needs a token of their own for that. */
function holderOf({ actor }: Context): string {
  if (actor.kind === 'member') return actor.memberId;
  if (actor.kind === 'guest' && actor.guestId !== undefined) return actor.guestId;
  throw commonErrors.UNAUTHENTICATED({});
}
