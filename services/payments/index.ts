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
import { payouts } from './operations/payout.ts';
import { payoutAccounts } from './operations/payout-accounts.ts';
import { payoutBatches } from './operations/payout-batches.ts';
import { payoutDesk } from './operations/payout-desk.ts';
import { reads } from './operations/read.ts';
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
    const deps: Dependencies = {
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
    const webhook = takeWebhook(deps, simulated);
    return {
      handlers: {
        createPaymentMethod: createPaymentMethod(deps),
        createPayment: createPayment(deps),
        confirmPayment: confirmPayment(deps),
        cancelPayment: cancelPayment(deps),
        refundPayment: refundPayment(deps),
        holdForOrder: holdForOrder(deps),
        releaseHold: releaseHold(deps),
        refundGroup: refundGroup(deps),
        openStoreAccount: openStoreAccount(deps),
        getSimulatedChallenge: getSimulatedChallenge(deps),
        completeSimulatedChallenge: completeSimulatedChallenge(deps),
        topUpWallet: topUpWallet({ ...deps, publicUrl: platform.publicUrl }),
        ...wallets(deps),
        ...withdrawals(deps),
        ...chargebacks(deps),
        ...simulatedChargebacks(deps),
        ...afterSale(deps),
        ...savedMethods({ ...deps, publicUrl: platform.publicUrl }),
        ...cashOnDelivery(deps),
        ...transfers({ ...deps, environment: platform.environment }),
        ...payouts(deps),
        ...payoutAccounts(deps),
        ...payoutDesk(deps),
        ...payoutBatches(deps),
        ...coinPayments(deps, evm),
        ...coinPaybacks(deps, evm),
        ...reads(deps),
        ...reconciliation(deps),
        ...journalReads(deps),
        ...statements({ ...deps, storage: platform.storage }),
      },
      reactions,
      timers: [
        timer({ name: 'simulated-webhooks', everySeconds: 2, run: sendSimulatedWebhooks(deps, webhook) }),
        timer({ name: 'ask-providers', everySeconds: 10, run: askProviders(deps) }),
        timer({ name: 'give-up-top-ups', everySeconds: 60, run: giveUpTopUps(deps) }),
        timer({ name: 'send-refunds', everySeconds: 15, run: sendPendingRefunds(deps) }),
        timer({ name: 'link-journal', everySeconds: 5, run: linkJournal(deps) }),
        timer({ name: 'expire-pending-transfers', everySeconds: 15, run: expirePendingTransfers(deps) }),
        timer({ name: 'reconcile-nightly', everySeconds: 3_600, run: reconcileNightly(deps) }),
        timer({ name: 'watch-coins', everySeconds: 15, run: watchCoins(deps, evm) }),
        timer({ name: 'settle-payouts', everySeconds: 10, run: settlePayouts(deps) }),
        timer({ name: 'schedule-payouts', everySeconds: 60, run: schedulePayouts(deps) }),
        timer({ name: 'retry-payouts', everySeconds: 60, run: retryPayouts(deps) }),
        timer({ name: 'send-payouts', everySeconds: 10, run: sendPayouts(deps) }),
      ],
      routes: webhookRoutes(deps),
      start: () => evm.checkChains(platform.marketplaces.list().map(({ id }) => id)),
    };
  },
});
