import { defineService, timer } from '@plaza/runtime';
import { paymentsContract } from './contract.ts';
import { errors } from './errors.ts';
import { paymentsEvents } from './events.ts';
import { afterSale } from './operations/after-sale.ts';
import { askProviders } from './operations/ask-providers.ts';
import { cashOnDelivery } from './operations/cash.ts';
import { cancelPayment, confirmPayment } from './operations/change-payment.ts';
import { chargebacks } from './operations/chargebacks.ts';
import { coinPaybacks } from './operations/coin-paybacks.ts';
import { coinPayments } from './operations/coin-payments.ts';
import { createPayment } from './operations/create-payment.ts';
import { createPaymentMethod } from './operations/create-payment-method.ts';
import type { Dependencies } from './operations/dependencies.ts';
import { expirePendingTransfers } from './operations/expire-pending.ts';
import { holdForOrder } from './operations/hold-for-order.ts';
import { journalReads, linkJournal } from './operations/journal.ts';
import { openStoreAccount } from './operations/open-store-account.ts';
import { paymentMethods } from './operations/payment-methods.ts';
import { payouts } from './operations/payout.ts';
import { payoutAccounts } from './operations/payout-accounts.ts';
import { payoutBatches } from './operations/payout-batches.ts';
import { payoutDesk } from './operations/payout-desk.ts';
import { ledgerReads } from './operations/read-ledger.ts';
import { paymentReads } from './operations/read-payments.ts';
import { reconcileNightly, reconciliation } from './operations/reconciliation.ts';
import { refundGroup, refundPayment } from './operations/refund.ts';
import { releaseHold } from './operations/release-hold.ts';
import { retryPayouts, schedulePayouts, sendPayouts, settlePayouts } from './operations/run-payouts.ts';
import { savedMethods } from './operations/saved-methods.ts';
import { sendPendingRefunds } from './operations/send-refunds.ts';
import { sendSimulatedWebhooks } from './operations/send-webhooks.ts';
import { completeSimulatedChallenge, getSimulatedChallenge } from './operations/simulated-challenge.ts';
import { simulatedChargebacks } from './operations/simulated-chargebacks.ts';
import { statements } from './operations/statement.ts';
import { takeWebhook, webhookRoutes } from './operations/take-webhook.ts';
import { giveUpTopUps, topUpWallet } from './operations/top-up.ts';
import { transfers } from './operations/transfers.ts';
import { wallets } from './operations/wallet.ts';
import { watchCoins } from './operations/watch-coins.ts';
import { withdrawals } from './operations/withdraw.ts';
import { createAccountVault } from './provider/account-vault.ts';
import { createBankFile } from './provider/bank-file.ts';
import { createCashProvider } from './provider/cash.ts';
import { createEvmProvider } from './provider/evm.ts';
import { registerPayoutProviders } from './provider/payout-registry.ts';
import { createPayPalProvider } from './provider/paypal.ts';
import { createPromptPayProvider } from './provider/promptpay.ts';
import { registerProviders } from './provider/registry.ts';
import { simulatedScreening } from './provider/screening.ts';
import { createSimulatedProvider } from './provider/simulated.ts';
import { createSimulatedBank } from './provider/simulated-bank.ts';
import { createCardVault } from './provider/simulated-card.ts';
import { createStripeProvider } from './provider/stripe.ts';
import { createStripeConnect } from './provider/stripe-connect.ts';
import { walletProvider } from './provider/wallet.ts';
import { reactions } from './reactions.ts';
import { Ledger } from './store/ledger.ts';

export const paymentsService = defineService({
  name: 'payments',
  floor: 1,
  contract: paymentsContract,
  events: paymentsEvents,
  errors,
  migrations: new URL('./migrations/', import.meta.url),
  create: (platform) => {
    const vault = createCardVault(platform.signingKey);
    const simulated = createSimulatedProvider({ ...platform, vault });
    const evm = createEvmProvider(platform);
    const dependencies: Dependencies = {
      ...platform,
      vault,
      ledger: new Ledger(),
      providers: registerProviders(
        [
          simulated,
          createStripeProvider(platform),
          createPromptPayProvider(platform),
          createPayPalProvider(platform),
          evm,
          walletProvider,
          createCashProvider('seller'),
          createCashProvider('carrier'),
        ],
        platform.marketplaces.list(),
      ),
      payoutProviders: registerPayoutProviders(
        [createSimulatedBank(platform), createStripeConnect(platform), createBankFile()],
        platform.marketplaces.list(),
      ),
      accountVault: createAccountVault(platform.signingKey),
      screening: simulatedScreening,
    };
    const webhook = takeWebhook(dependencies, simulated);
    return {
      handlers: {
        createPaymentMethod: createPaymentMethod(dependencies),
        createPayment: createPayment(dependencies),
        confirmPayment: confirmPayment(dependencies),
        cancelPayment: cancelPayment(dependencies),
        refundPayment: refundPayment(dependencies),
        holdForOrder: holdForOrder(dependencies),
        releaseHold: releaseHold(dependencies),
        refundGroup: refundGroup(dependencies),
        openStoreAccount: openStoreAccount(dependencies),
        getSimulatedChallenge: getSimulatedChallenge(dependencies),
        completeSimulatedChallenge: completeSimulatedChallenge(dependencies),
        topUpWallet: topUpWallet({ ...dependencies, publicUrl: platform.publicUrl }),
        ...wallets(dependencies),
        ...withdrawals(dependencies),
        ...chargebacks(dependencies),
        ...simulatedChargebacks(dependencies),
        ...afterSale(dependencies),
        ...savedMethods({ ...dependencies, publicUrl: platform.publicUrl }),
        ...cashOnDelivery(dependencies),
        ...transfers({ ...dependencies, environment: platform.environment }),
        ...payouts(dependencies),
        ...payoutAccounts(dependencies),
        ...payoutDesk(dependencies),
        ...payoutBatches(dependencies),
        ...coinPayments(dependencies, evm),
        ...coinPaybacks(dependencies, evm),
        ...paymentReads(dependencies),
        ...paymentMethods(dependencies),
        ...ledgerReads(dependencies),
        ...reconciliation(dependencies),
        ...journalReads(dependencies),
        ...statements({ ...dependencies, storage: platform.storage }),
      },
      reactions,
      timers: [
        timer({ name: 'simulated-webhooks', everySeconds: 2, run: sendSimulatedWebhooks(dependencies, webhook) }),
        timer({ name: 'ask-providers', everySeconds: 10, run: askProviders(dependencies) }),
        timer({ name: 'give-up-top-ups', everySeconds: 60, run: giveUpTopUps(dependencies) }),
        timer({ name: 'send-refunds', everySeconds: 15, run: sendPendingRefunds(dependencies) }),
        timer({ name: 'link-journal', everySeconds: 5, run: linkJournal(dependencies) }),
        timer({ name: 'expire-pending-transfers', everySeconds: 15, run: expirePendingTransfers(dependencies) }),
        timer({ name: 'reconcile-nightly', everySeconds: 3_600, run: reconcileNightly(dependencies) }),
        timer({ name: 'watch-coins', everySeconds: 15, run: watchCoins(dependencies, evm) }),
        timer({ name: 'settle-payouts', everySeconds: 10, run: settlePayouts(dependencies) }),
        timer({ name: 'schedule-payouts', everySeconds: 60, run: schedulePayouts(dependencies) }),
        timer({ name: 'retry-payouts', everySeconds: 60, run: retryPayouts(dependencies) }),
        timer({ name: 'send-payouts', everySeconds: 10, run: sendPayouts(dependencies) }),
      ],
      routes: webhookRoutes(dependencies),
      start: () => evm.checkChains(platform.marketplaces.list().map(({ id }) => id)),
    };
  },
});
