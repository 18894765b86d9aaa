import { type Id, money } from '@plaza/kernel';
import type { Evidence } from '../contract/dispute.ts';
import type { Return, ReturnCondition } from '../contract/returns.ts';
import { priceLineRefund, stillLeft } from './line-refund.ts';
import { type GroupRecord, leftMinor, type OrderRecord } from './order.ts';
import { actionsFor } from './order-view.ts';
import { availableActions, happenedLabel, type Party, type Process } from './process/process.ts';

export type ReturnEvent = {
  readonly action: string;
  readonly by: Party;
  readonly details: Readonly<Record<string, string>>;
  readonly time: string;
};

/** What the seller found of each line that came back. */
export type Inspection = readonly {
  readonly lineId: Id<'orderLine'>;
  readonly isRestocked: boolean;
  readonly condition: ReturnCondition;
}[];

/** A return as the database keeps it. */
export type ReturnRecord = {
  readonly id: Id<'return'>;
  readonly orderId: Id<'order'>;
  readonly groupId: Id<'shipmentGroup'>;
  readonly processName: string;
  readonly processVersion: string;
  readonly state: string;
  readonly isFinal: boolean;
  readonly isContested: boolean;
  readonly dueAction: string | null;
  readonly dueTime: Date | null;
  readonly lines: readonly { readonly lineId: Id<'orderLine'>; readonly quantity: number }[];
  readonly reason: string;
  readonly assetIds: readonly Id<'asset'>[];
  readonly carrier: string | null;
  readonly trackingNumber: string | null;
  readonly inspection: Inspection | null;
  readonly refundedMinor: number | null;
  /** Where the sale stood when its clock was stopped, and how much of its time was left; null when none ran. */
  readonly saleState: string;
  readonly clockLeftMs: number | null;
  readonly history: readonly ReturnEvent[];
  readonly version: number;
  readonly createdTime: Date;
};

/** Whether an operator decides, and nobody else can go on. */
export function isContestedIn(process: Process, state: string): boolean {
  const others: Party[] = ['buyer', 'seller', 'timer'];
  return (
    availableActions(process, state, 'operator').length > 0 &&
    others.every((party) => availableActions(process, state, party).length === 0)
  );
}

/** A return as one side of it sees it. */
export function returnView(
  record: ReturnRecord,
  context: {
    readonly order: OrderRecord;
    readonly group: GroupRecord;
    readonly process: Process;
    readonly parties: readonly Party[];
    readonly files: Evidence['files'];
  },
): Return {
  const { order, group, process, parties, files } = context;
  const lines = stillLeft(group.quote, group.lineRefunds, record.lines);
  const wanted = { lines, includesShipping: false };
  const expected = () => priceLineRefund(group.quote, group.lineRefunds, wanted, leftMinor(group)).amountMinor;
  const refundMinor = record.refundedMinor ?? (record.isFinal ? 0 : expected());
  return {
    id: record.id,
    orderId: record.orderId,
    groupId: record.groupId,
    state: record.state,
    stateLabel: process.states[record.state]?.label ?? { en: record.state },
    isFinal: record.isFinal,
    lines: record.lines.map(({ lineId, quantity }) => {
      const line = group.quote.lines.find((each) => each.lineId === lineId);
      const found = record.inspection?.find((each) => each.lineId === lineId);
      return {
        lineId,
        title: line?.title ?? '',
        variantTitle: line?.variantTitle ?? '',
        quantity,
        isRestocked: found?.isRestocked ?? null,
        condition: found?.condition ?? null,
      };
    }),
    reason: record.reason,
    files,
    carrier: record.carrier,
    trackingNumber: record.trackingNumber,
    refund: money(refundMinor, order.currency),
    dueTime: record.dueTime?.toISOString() ?? null,
    dueAction: record.dueAction,
    actions: actionsFor(process, record.state, parties),
    history: record.history.map(({ action, by, details, time }) => ({
      action,
      by,
      label: happenedLabel(process, action) ?? process.states[action]?.label ?? { en: action },
      details: { ...details },
      time: new Date(time).toISOString(),
    })),
    createdTime: record.createdTime.toISOString(),
    version: record.version,
  };
}
