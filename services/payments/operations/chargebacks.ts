import { type Context, commonErrors, type Handlers, idFromUuid, uuidFromId } from '@plaza/kernel';
import { inSteps, inTransaction, type Queries } from '@plaza/runtime';
import { type Bearer, type Chargeback, paymentsContract } from '../contract.ts';
import { errors } from '../errors.ts';
import {
  EvidenceRefused,
  type EvidenceRequest,
  type PaymentProvider,
  ProviderUnavailable,
} from '../provider/provider.ts';
import {
  type ChargebackRow,
  chargebackFrom,
  findChargeback,
  listChargebackParts,
  listChargebackRows,
  lockChargeback,
  noteEvidence,
  ruleOnChargeback,
} from '../store/chargeback.ts';
import { findPayment } from '../store/payment.ts';
import type { Dependencies } from './dependencies.ts';
import { settle, settleIfRuled } from './settle-chargeback.ts';

type Operations = Pick<
  Handlers<typeof paymentsContract>,
  'listChargebacks' | 'getChargeback' | 'submitChargebackEvidence' | 'ruleChargeback' | 'settleChargeback'
>;

/** What operators do about chargebacks, and how the orders service has them booked. */
export function chargebacks(dependencies: Dependencies): Operations {
  const { database, providers, clock } = dependencies;

  const shown = async (queries: Queries, context: Context, row: ChargebackRow): Promise<Chargeback> => {
    const payment = await findPayment(queries, context.marketplaceId, row.payment_id);
    return chargebackFrom(row, {
      orderId: payment?.order_id ?? null,
      parts: await listChargebackParts(queries, context.marketplaceId, [row.id]),
      canSendEvidence: providers.get(row.provider)?.submitEvidence !== undefined,
    });
  };
  const found = async (queries: Queries, { marketplaceId }: Context, id: string): Promise<ChargebackRow> => {
    const row = await findChargeback(queries, marketplaceId, uuidFromId(id));
    if (row === undefined) throw errors.CHARGEBACK_NOT_FOUND({});
    return row;
  };

  return {
    listChargebacks: async ({ input, context: { marketplaceId } }) => {
      const queries = database.read(marketplaceId);
      const page = await listChargebackRows(queries, marketplaceId, { ...input, isOpen: input.isOpen === true });
      const ids = page.items.map(({ id }) => id);
      const parts = await listChargebackParts(queries, marketplaceId, ids);
      return {
        items: page.items.map((row) =>
          chargebackFrom(row, {
            orderId: row.order_id,
            parts: parts.filter(({ chargeback_id }) => chargeback_id === row.id),
            canSendEvidence: providers.get(row.provider)?.submitEvidence !== undefined,
          }),
        ),
        nextCursor: page.nextCursor,
      };
    },
    getChargeback: async ({ input, context }) => {
      const queries = database.read(context.marketplaceId);
      return shown(queries, context, await found(queries, context, input.chargebackId));
    },
    submitChargebackEvidence: inSteps(
      database,
      paymentsContract.submitChargebackEvidence,
      async ({ input, context }) => {
        const { marketplaceId } = context;
        const { chargebackId, text, carrier, trackingNumber } = input;
        const before = await found(database.read(marketplaceId), context, chargebackId);
        requireAwaited(before);
        const provider = providers.get(before.provider);
        const evidence = { marketplaceId, disputeReference: before.reference, text, carrier, trackingNumber };
        await sendEvidence(provider, evidence);
        const sentBy = provider?.submitEvidence === undefined ? 'hand' : 'plaza';
        return database.transaction(marketplaceId, async (tx) => {
          const row = await lockChargeback(tx, before.id);
          if (row?.evidence_time === null) {
            await noteEvidence(tx, before.id, { text, sentBy, now: clock() });
            await tx.audit({
              action: 'chargeback.evidence',
              subject: chargebackId,
              actor: context.actor,
              details: { sentBy },
            });
          }
          return shown(tx, context, await found(tx, context, chargebackId));
        });
      },
    ),
    ruleChargeback: inTransaction(database, paymentsContract.ruleChargeback, async ({ input, context, tx }) => {
      const { chargebackId, bearer, reason } = input;
      const row = await lockChargeback(tx, uuidFromId(chargebackId));
      if (row === undefined) throw errors.CHARGEBACK_NOT_FOUND({});
      if (row.state === 'won' || row.settled_time !== null)
        throw errors.CHARGEBACK_CLOSED({ state: row.state === 'won' ? 'won' : 'settled' });
      await ruleOnChargeback(tx, row.id, { bearer, reason });
      await tx.audit({
        action: 'chargeback.ruled',
        subject: chargebackId,
        actor: context.actor,
        details: { bearer, reason },
      });
      await settleIfRuled(dependencies, tx, { ...row, ruling: bearer, ruling_reason: reason });
      return shown(tx, context, await found(tx, context, chargebackId));
    }),
    settleChargeback: async ({ input, context }) =>
      database.transaction(context.marketplaceId, async (tx) => {
        const row = await lockChargeback(tx, uuidFromId(input.chargebackId));
        if (row === undefined) throw errors.CHARGEBACK_NOT_FOUND({});
        if (row.state !== 'lost') throw errors.CHARGEBACK_CLOSED({ state: row.state });
        if (row.settled_time === null) {
          const bearers = new Map<string, Bearer>(input.bearers.map(({ groupId, bearer }) => [groupId, bearer]));
          const of = (groupUuid: string) => bearers.get(idFromUuid('shipmentGroup', groupUuid)) ?? 'seller';
          await settle(dependencies, tx, row, { of, reason: row.reason });
        }
        return shown(tx, context, await found(tx, context, input.chargebackId));
      }),
  };
}

/** The provider takes it once under its own key: a repeat after a crash between the two steps sends nothing twice. */
async function sendEvidence(provider: PaymentProvider | undefined, evidence: EvidenceRequest): Promise<void> {
  try {
    await provider?.submitEvidence?.(evidence);
  } catch (error) {
    if (error instanceof EvidenceRefused) throw errors.EVIDENCE_REFUSED({ reason: error.message });
    throw error instanceof ProviderUnavailable ? commonErrors.UNAVAILABLE({}, { cause: error }) : error;
  }
}

function requireAwaited(row: ChargebackRow): void {
  if (row.evidence_time !== null) throw errors.EVIDENCE_SUBMITTED({});
  if (row.state !== 'opened') throw errors.CHARGEBACK_CLOSED({ state: row.state });
}
