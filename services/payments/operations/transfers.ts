import { type Handlers, idFromUuid, uuidFromId } from '@plaza/kernel';
import { inTransaction, type Platform } from '@plaza/runtime';
import { paymentsContract, type TransferInstructions } from '../contract.ts';
import { promptPayPayload } from '../domain/promptpay.ts';
import { errors } from '../errors.ts';
import { PROMPTPAY, promptPayAccount } from '../provider/promptpay.ts';
import { findPayment, lockPayment, type PaymentRow, paymentFrom } from '../store/payment.ts';
import { listAwaitedTransfers } from '../store/payment-list.ts';
import { requireReadable } from './access.ts';
import type { Dependencies } from './dependencies.ts';
import { followProvider } from './follow-provider.ts';

type Transfers = Pick<
  Handlers<typeof paymentsContract>,
  'getTransferInstructions' | 'listAwaitedTransfers' | 'confirmTransfer'
>;

/** Payments by bank transfer: what the buyer is shown, what the operator looks for, and the operator's word that it came. */
export function transfers(dependencies: Dependencies & Pick<Platform, 'environment'>): Transfers {
  const { database, ledger, marketplaces, environment, clock } = dependencies;
  return {
    async getTransferInstructions({ input, context }): Promise<TransferInstructions> {
      const { marketplaceId } = context;
      const row = await findPayment(database.read(marketplaceId), marketplaceId, uuidFromId(input.paymentId));
      const payment = requireTransfer(requireReadable(row, context));
      const account = promptPayAccount(environment, marketplaceId);
      if (account === undefined) throw errors.PAYMENT_NOT_FOUND({});
      const { reservationMinutes } = marketplaces.get(marketplaceId).checkout;
      const reference = payment.provider_reference ?? '';
      const { kind, number } = account.target;
      const target = kind === 'biller' ? { kind, number, reference1: reference } : { kind, number };
      return {
        paymentId: input.paymentId,
        state: payment.state,
        amount: { amountMinor: payment.amount_minor, currency: payment.currency },
        reference,
        holderName: account.holderName,
        qrPayload: promptPayPayload(target, payment.amount_minor),
        payByTime: new Date(payment.created_time.getTime() + reservationMinutes * 60_000).toISOString(),
        returnUrl: payment.return_url,
      };
    },
    listAwaitedTransfers: async ({ input, context: { marketplaceId } }) =>
      listAwaitedTransfers(database.read(marketplaceId), marketplaceId, { ...input, provider: PROMPTPAY }),
    confirmTransfer: inTransaction(database, paymentsContract.confirmTransfer, async ({ input, context, tx }) => {
      const payment = requireTransfer(await lockPayment(tx, uuidFromId(input.paymentId)));
      const { amountMinor, currency } = input.received;
      const isSame =
        payment.provider_reference === input.reference &&
        payment.amount_minor === amountMinor &&
        payment.currency === currency;
      if (!isSame) throw errors.TRANSFER_MISMATCH({ expectedMinor: payment.amount_minor, currency: payment.currency });
      const followed = await followProvider(tx, ledger, payment, { state: 'captured' }, clock());
      if (followed.version !== payment.version) {
        await tx.audit({
          action: 'transfer.confirmed',
          subject: idFromUuid('payment', payment.id),
          actor: context.actor,
          details: { reference: input.reference, amountMinor, currency },
        });
      }
      return paymentFrom(followed);
    }),
  };
}

/** A payment by any other way has no transfer, as if it were not there. */
function requireTransfer(payment: PaymentRow): PaymentRow {
  if (payment.provider !== PROMPTPAY) throw errors.PAYMENT_NOT_FOUND({});
  return payment;
}
