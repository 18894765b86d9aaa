import { afterSaleOperations } from './contract/after-sale.ts';
import { cashOperations } from './contract/cash.ts';
import { chargebackOperations } from './contract/chargebacks.ts';
import { coinOperations } from './contract/coin.ts';
import { holdOperations } from './contract/holds.ts';
import { ledgerOperations } from './contract/ledger.ts';
import { paymentOperations } from './contract/payments.ts';
import { payoutAccountOperations } from './contract/payout-accounts.ts';
import { payoutDeskOperations } from './contract/payout-desk.ts';
import { payoutPlanOperations } from './contract/payout-plan.ts';
import { payoutOperations } from './contract/payouts.ts';
import { reconciliationOperations } from './contract/reconciliation.ts';
import { savedMethodOperations } from './contract/saved-methods.ts';
import { simulatedOperations } from './contract/simulated.ts';
import { statementOperations } from './contract/statements.ts';
import { transferOperations } from './contract/transfers.ts';
import { walletOperations } from './contract/wallet.ts';

export { FailedRefund, StoreDebt } from './contract/after-sale.ts';
export { bankReason } from './contract/bank-reasons.ts';
export { CashProblem } from './contract/cash.ts';
export { Bearer, Chargeback, ChargebackState } from './contract/chargebacks.ts';
export { CoinInstructions, CoinPayback } from './contract/coin.ts';
export { Hold, HoldGroup, HoldState, Refund, RefundOrigin, RefundState, RefundTo } from './contract/holds.ts';
export {
  JournalVerdict,
  LedgerAccount,
  LedgerEntry,
  LedgerMismatch,
  Transfer,
  TransferDetail,
  TrialBalanceLine,
} from './contract/ledger.ts';
export {
  OfferedMethod,
  Payment,
  PaymentKind,
  PaymentMethodInput,
  PaymentMethodToken,
  PaymentState,
} from './contract/payments.ts';
export { BankAccountInput, BankAccountKind, PayoutAccount, PayoutOwnerKind } from './contract/payout-accounts.ts';
export { BankResult, PayoutBatch, PayoutRecord } from './contract/payout-desk.ts';
export { PayoutCadence, PayoutPlan } from './contract/payout-plan.ts';
export { Payout, PayoutState, StatementLine, StoreBalance } from './contract/payouts.ts';
export { DifferenceState, Reconciliation, ReconciliationDifference } from './contract/reconciliation.ts';
export { refundReason } from './contract/refund-reasons.ts';
export { SAVED_METHODS_MAX, SavedMethod } from './contract/saved-methods.ts';
export { SimulatedChallenge } from './contract/simulated.ts';
export {
  EXPORT_LINES_MAX,
  PDF_LINES_MAX,
  PERIOD_DAYS_MAX,
  Statement,
  StatementFile,
  StatementFormat,
} from './contract/statements.ts';
export { AwaitedTransfer, TransferInstructions } from './contract/transfers.ts';
export { MemberWallet, Wallet, WalletMovement } from './contract/wallet.ts';

/** The banks that a Thai account may be with, by code. */
export { THAI_BANKS } from './domain/bank-account.ts';
/** How a refund divides: others show what is left to whom, by the same rule. */
export {
  bornByPlatform,
  type RefundParts,
  type Shares,
  sellerMinor,
  splitRefund,
  subtractShares,
  takeShares,
} from './domain/shares.ts';

/** What the payments service does for others: the only way money moves. */
export const paymentsContract = {
  ...paymentOperations,
  ...holdOperations,
  ...payoutOperations,
  ...payoutAccountOperations,
  ...payoutPlanOperations,
  ...payoutDeskOperations,
  ...ledgerOperations,
  ...statementOperations,
  ...simulatedOperations,
  ...transferOperations,
  ...cashOperations,
  ...reconciliationOperations,
  ...chargebackOperations,
  ...afterSaleOperations,
  ...savedMethodOperations,
  ...coinOperations,
  ...walletOperations,
};
