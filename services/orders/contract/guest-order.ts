import { operation } from '@plaza/kernel';
import { z } from 'zod';
import { exampleOrder, Order, OrderId } from './order.ts';
import { orderErrors as errors } from './order-errors.ts';

const orderId = 'ord_01k9w6x8f0e5rbq2m3n4p5q6r7';
const done = z.object({});

/** How somebody who bought without an account comes back to the order. */
export const guestOrderOperations = {
  openGuestOrder: operation({
    summary: 'Opens an order by the token in the link of a mail about it, on any device',
    description:
      'Afterwards the guest token (`X-Guest-Token`) or session that this was called with opens the order, and acts on it, as its buyer does. ' +
      'The token stands in the fragment of the mailed link, where no server reads it: send it in the body, never in an address.',
    access: 'public',
    idempotent: true,
    route: { method: 'POST', path: '/orders/{orderId}/guest-access', status: 200 },
    input: z.object({ orderId: OrderId, token: z.string().min(1).max(200) }),
    output: Order,
    errors: [errors.ORDER_NOT_FOUND, errors.ORDER_LINK_EXPIRED],
    example: {
      input: { orderId, token: 'thqk5c.l3nC0wRTHzY7xkRkmG0mE2v5mM3Tn1rYwD0gVq8b6aE' },
      output: exampleOrder,
    },
  }),
  mailOrderLink: operation({
    summary: 'Mails a guest a new link to an order, when its first one is lost or has expired',
    description:
      'Answers the same whether there is such an order or not; the mail goes to the address of the order and to no other, ' +
      'at most once in five minutes.',
    access: 'public',
    idempotent: true,
    route: { method: 'POST', path: '/guest-orders/links', status: 200 },
    input: z.object({ orderNumber: z.string().trim().min(1).max(40), email: z.email().max(254) }),
    output: done,
    example: { input: { orderNumber: exampleOrder.number, email: 'ada@example.com' }, output: {} },
  }),
  keepGuestOrders: operation({
    summary: "Goes on with a guest's orders as a member, in the browser that bought them, after sign-in",
    description:
      'The member opens the newest fifty orders that the guest token bought, as its buyer does. They are in the ' +
      "member's list once their address is verified and is the order's.",
    access: 'member',
    idempotent: true,
    route: { method: 'POST', path: '/guest-orders/merger', status: 200 },
    input: z.object({ guestToken: z.string().min(1).max(200) }),
    output: done,
    example: { input: { guestToken: '5f0c2f5e-6f0e-4b7e-9d0a-6f6f0c1d2e3f' }, output: {} },
  }),
};
