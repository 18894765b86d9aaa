import { asService, type Context, type Handlers, type Id, NIL_UUID, newId, uuidFromId } from '@plaza/kernel';
import { inSteps, type Timer, timer } from '@plaza/runtime';
import { type PaymentSweep, sweepOperations } from '../contract/sweep.ts';
import type { OrdersDependencies } from '../dependencies.ts';
import { problemOfOrder, problemOfPayment, type SweptOrder } from '../domain/sweep.ts';
import { type Finding, openFindings, ordersBehind, ordersOf, readSweeps, saveSweep } from '../store/sweep.ts';

/** Orders and payments looked at in one step. */
const STEP = 500;
/** What is younger is still being placed, or put right by those whose work that is. */
const SETTLED_MINUTES = 15;
const RECENT_DAYS = 3;
const ALL_HOURS = 24;
/** The place before every order and payment. */
const BEGINNING = { time: new Date(0), id: NIL_UUID };

/** Holds orders and payments against one another, and keeps what does not agree. It changes neither. */
export function paymentSweeps(dependencies: OrdersDependencies): Handlers<typeof sweepOperations> {
  return {
    listPaymentSweeps: async ({ context: { marketplaceId } }) =>
      readSweeps(dependencies.database.read(marketplaceId), marketplaceId),
    listSweepFindings: async ({ input, context: { marketplaceId } }) =>
      openFindings(dependencies.database.read(marketplaceId), marketplaceId, input),
    sweepPayments: inSteps(dependencies.database, sweepOperations.sweepPayments, async ({ input, context }) =>
      sweep(dependencies, context, input.scope),
    ),
  };
}

/** Each hour what is recent, each day everything. */
export function sweepTimer(dependencies: OrdersDependencies): Timer {
  return timer({
    name: 'sweep-payments',
    everySeconds: 3_600,
    run: async (context) => {
      const { items } = await readSweeps(dependencies.database.read(context.marketplaceId), context.marketplaceId);
      const all = items.find(({ scope }) => scope === 'all');
      const allSince = dependencies.clock().getTime() - ALL_HOURS * 3_600_000;
      await sweep(
        dependencies,
        context,
        all === undefined || Date.parse(all.finishedTime) < allSince ? 'all' : 'recent',
      );
    },
  });
}

async function sweep(
  dependencies: OrdersDependencies,
  context: Context,
  scope: 'recent' | 'all',
): Promise<PaymentSweep> {
  const { database, clock, log } = dependencies;
  const now = clock();
  const before = new Date(now.getTime() - SETTLED_MINUTES * 60_000);
  const since = scope === 'all' ? BEGINNING.time : new Date(now.getTime() - RECENT_DAYS * 86_400_000);
  const found = new Map<string, Finding>();
  const note = (finding: Finding) =>
    found.set(JSON.stringify([finding.problem, finding.orderId ?? finding.paymentId]), finding);

  const ordersChecked = await sweepOrders(dependencies, context, { since, before }, note);
  const paymentsChecked = await sweepCaptured(dependencies, context, { since, before }, note);
  if (scope === 'recent') await sweepOpenFindings(dependencies, context, note);

  const findings = [...found.values()].map((each) => ({ ...each, id: uuidFromId(newId('event')) }));
  if (findings.length > 0) log.error({ findings: findings.slice(0, 20), scope }, 'orders and payments do not agree');
  const result = { scope, ordersChecked, paymentsChecked };
  await database.transaction(context.marketplaceId, (tx) => saveSweep(tx, { ...result, now }, findings));
  return { ...result, finishedTime: now.toISOString() };
}

type Period = { readonly since: Date; readonly before: Date };
type Note = (finding: Finding) => unknown;

async function sweepOrders(
  dependencies: OrdersDependencies,
  context: Context,
  { since, before }: Period,
  note: Note,
): Promise<number> {
  const { marketplaceId } = context;
  const queries = dependencies.database.read(marketplaceId);
  let checked = 0;
  for (let place = { ...BEGINNING, time: since }; ; ) {
    const step = await ordersBehind(queries, marketplaceId, { place, before, limit: STEP });
    await checkOrders(dependencies, context, step.orders, note);
    checked += step.orders.length;
    place = step.place;
    if (step.orders.length < STEP) return checked;
  }
}

async function checkOrders(
  { payments }: OrdersDependencies,
  context: Context,
  orders: readonly SweptOrder[],
  note: Note,
): Promise<void> {
  if (orders.length === 0) return;
  const paymentIds = orders.map(({ paymentId }) => paymentId);
  const { items } = await payments.getPayments({ paymentIds }, asService('orders', context));
  const byId = new Map<string, (typeof items)[number]>(items.map((payment) => [payment.id, payment]));
  for (const order of orders) {
    const problem = problemOfOrder(order, byId.get(order.paymentId));
    if (problem !== undefined) note({ problem, orderId: order.id, paymentId: order.paymentId });
  }
}

async function sweepCaptured(
  dependencies: OrdersDependencies,
  context: Context,
  { since, before }: Period,
  note: Note,
): Promise<number> {
  const service = asService('orders', context);
  let checked = 0;
  for (let afterPaymentId: Id<'payment'> | undefined; ; ) {
    const { items } = await dependencies.payments.listCapturedPayments(
      {
        begunSince: since.toISOString(),
        capturedBefore: before.toISOString(),
        limit: STEP,
        ...(afterPaymentId === undefined ? {} : { afterPaymentId }),
      },
      service,
    );
    await checkPayments(dependencies, context, items, note);
    checked += items.length;
    afterPaymentId = items.at(-1)?.id;
    if (items.length < STEP) return checked;
  }
}

async function checkPayments(
  { database }: OrdersDependencies,
  { marketplaceId }: Context,
  captured: Awaited<ReturnType<OrdersDependencies['payments']['listCapturedPayments']>>['items'],
  note: Note,
): Promise<void> {
  const orderIds = captured.flatMap(({ orderId }) => (orderId === null ? [] : [orderId]));
  const orders = await ordersOf(database.read(marketplaceId), marketplaceId, orderIds);
  const known = new Set(orders.map(({ id }) => id));
  for (const payment of captured) {
    const problem = problemOfPayment(payment, known);
    if (problem !== undefined) note({ problem, orderId: payment.orderId, paymentId: payment.id });
  }
}

/** What an earlier sweep found among older ones: found again, or gone. */
async function sweepOpenFindings(dependencies: OrdersDependencies, context: Context, note: Note): Promise<void> {
  const { marketplaceId } = context;
  const queries = dependencies.database.read(marketplaceId);
  const { items } = await openFindings(queries, marketplaceId, { limit: STEP });
  const orderIds = items.flatMap(({ orderId }) => (orderId === null ? [] : [orderId]));
  await checkOrders(dependencies, context, await ordersOf(queries, marketplaceId, orderIds), note);
  const paymentIds = items.flatMap(({ paymentId }) => (paymentId === null ? [] : [paymentId]));
  if (paymentIds.length === 0) return;
  const found = await dependencies.payments.getPayments({ paymentIds }, asService('orders', context));
  await checkPayments(dependencies, context, found.items, note);
}
