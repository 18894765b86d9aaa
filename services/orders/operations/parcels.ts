import { type Context, Fault, type Handlers, type Id } from '@plaza/kernel';
import { inSteps } from '@plaza/runtime';
import type { z } from 'zod';
import { type ParcelReportLine, type ParcelResult, parcelOperations } from '../contract/parcels.ts';
import type { SellingDependencies } from '../dependencies.ts';
import type { Effect, Process } from '../domain/process/process.ts';
import { findOrder } from '../store/order.ts';
import { findTracked, listParcels, type OnTheirWay, type TrackedParcel } from '../store/parcel.ts';
import { moveGroupBy } from './move-group.ts';
import { runEffectsSoon } from './run-effects.ts';

type Line = z.output<typeof ParcelReportLine>;
type Told = { readonly result: ParcelResult; readonly orderId: Id<'order'> | null };

/** What an operator does with parcels that are paid at the door: lists those on their way, and records what carriers report. */
export function parcels(dependencies: SellingDependencies): Handlers<typeof parcelOperations> {
  const { database } = dependencies;
  return {
    async listDueParcels({ input, context: { marketplaceId } }) {
      const way = wayOf(dependencies, marketplaceId);
      if (way === undefined) return { items: [], nextCursor: null };
      return listParcels(database.read(marketplaceId), marketplaceId, way, input);
    },
    recordParcels: inSteps(database, parcelOperations.recordParcels, async ({ input, context }) => {
      const items = [];
      for (const line of input.lines) {
        const { trackingNumber } = line;
        items.push({ trackingNumber, ...(await record(dependencies, line, context)) });
      }
      return { items };
    }),
  };
}

async function record(dependencies: SellingDependencies, line: Line, context: Context): Promise<Told> {
  const { marketplaceId } = context;
  const way = wayOf(dependencies, marketplaceId);
  if (way === undefined) return { result: 'unknown', orderId: null };
  const queries = dependencies.database.read(marketplaceId);
  const tracked = await findTracked(queries, marketplaceId, way.process, line.trackingNumber);
  const out = tracked.filter(({ state }) => way.states.includes(state));
  const [parcel, another] = out;
  if (parcel === undefined) {
    const known = tracked[0]?.orderId;
    return known === undefined ? { result: 'unknown', orderId: null } : { result: 'recorded_before', orderId: known };
  }
  const { orderId } = parcel;
  if (another !== undefined) return { result: 'not_possible', orderId };
  const isOther = line.outcome === 'collected' && (line.amountMinor ?? parcel.totalMinor) !== parcel.totalMinor;
  if (isOther) return { result: 'amount_differs', orderId };
  try {
    await move(dependencies, parcel, line, way, context);
    return { result: 'recorded', orderId };
  } catch (error) {
    if (error instanceof Fault && error.code === 'ACTION_NOT_ALLOWED') return { result: 'not_possible', orderId };
    throw error;
  }
}

async function move(
  dependencies: SellingDependencies,
  { groupId, orderId }: TrackedParcel,
  { outcome, note = 'Reported by the carrier' }: Line,
  way: Way,
  context: Context,
): Promise<void> {
  await dependencies.database.transaction(context.marketplaceId, async (tx) => {
    const order = await findOrder(tx, context.marketplaceId, orderId);
    if (order === undefined) return;
    const action = outcome === 'collected' ? way.collect : way.refuse;
    const entered = { proof: note, reason: note };
    await moveGroupBy(dependencies, tx, order, { groupId, action, entered, parties: ['operator'] }, context);
    runEffectsSoon(dependencies, tx, groupId, context);
  });
}

type Way = OnTheirWay & { readonly collect: string; readonly refuse: string };

/** How operators record parcels by the process that sales at the door run by; undefined where there is none. */
function wayOf({ processes, marketplaces }: SellingDependencies, marketplaceId: string): Way | undefined {
  const name = marketplaces.get(marketplaceId).processes.cashOnDelivery;
  if (name === undefined) return undefined;
  const { process } = processes.current(marketplaceId, name);
  const [collect, refuse] = [operatorsWay(process, 'collect'), operatorsWay(process, 'refuse')];
  if (collect === undefined || refuse === undefined) return undefined;
  return { process: name, states: collect.from, collect: collect.name, refuse: refuse.name };
}

function operatorsWay({ transitions }: Process, effect: Effect) {
  return transitions.find(({ by, effects }) => by.includes('operator') && effects.includes(effect));
}
