import type { Belongings } from './belongings.ts';

type Input = Readonly<Record<string, unknown>>;
type Inputs = (of: Belongings) => Input;

/**
 * How far an operation reaches: `own` acts on the caller alone and takes nobody's id; `theirs` names something that only
 * its owner may reach; `everybody` names something that all of the marketplace may see or use; `operators` names
 * something that moderators or admins of the marketplace may reach whoever owns it.
 */
export type Reach =
  | { readonly kind: 'own' }
  | { readonly kind: 'theirs' | 'everybody' | 'operators'; readonly input: Inputs };

const own: Reach = { kind: 'own' };
const theirs = (input: Inputs): Reach => ({ kind: 'theirs', input });
const everybody = (input: Inputs): Reach => ({ kind: 'everybody', input });
const operators = (input: Inputs): Reach => ({ kind: 'operators', input });

/** A refund and a return that are nobody's: none of the belongings has failed, or come back. */
const NO_REFUND = 'ref_01k9w6x8f0e5rbq2m3n4p5q6r7';
const NO_RETURN = 'ret_01k9w6x8f0e5rbq2m3n4p5q6r7';

/** Around whenever the tests run, and short enough to be a period. */
const PERIOD = {
  fromTime: new Date(Date.now() - 86_400_000).toISOString(),
  toTime: new Date(Date.now() + 86_400_000).toISOString(),
};
const PLAN = { planId: 'plus', interval: 'year' };
const owned = theirs(({ storeId }) => ({ ownerId: storeId }));
const store = theirs(({ storeId }) => ({ storeId }));
/** Wrong nowhere but in whose they are. */
const TAX_DETAILS = {
  name: 'Not mine',
  taxId: '12-3456789',
  address: { line1: '1 Street', city: 'Portland', postalCode: '97201', countryCode: 'US' },
};
const moneyOf = theirs(({ storeId }) => ({ ownerKind: 'store', ownerId: storeId }));
const listing = theirs(({ listingId }) => ({ listingId }));
const imported = theirs(({ importId }) => ({ importId }));
const payment = theirs(({ paymentId }) => ({ paymentId }));
const chargeback = operators(({ chargebackId }) => ({ chargebackId }));
const cart = theirs(({ cartId }) => ({ cartId }));
const checkout = theirs(({ checkoutId }) => ({ checkoutId }));
const order = theirs(({ orderId }) => ({ orderId }));
const group = theirs(({ orderId, groupId }) => ({ orderId, groupId }));
const offer = theirs(({ offerId }) => ({ offerId }));

/** Every public operation and how far it reaches. One without an entry here fails tests/isolation.test.ts. */
export const REACH: Readonly<Record<string, Reach>> = {
  listSignInMethods: own,
  signUp: own,
  signIn: own,
  verifyTotp: own,
  requestPhoneOtp: own,
  verifyPhoneOtp: own,
  requestPasswordReset: own,
  resetPassword: own,
  requestEmailVerification: own,
  verifyEmail: own,
  signOut: own,
  listSessions: own,
  revokeSession: theirs(({ sessionId }) => ({ sessionId })),
  confirmSession: own,
  changePassword: own,
  enableTotp: own,
  confirmTotp: own,
  disableTotp: own,
  getMe: own,
  updateMe: own,
  listAddresses: own,
  getAddress: theirs(({ addressId }) => ({ addressId })),
  createAddress: own,
  updateAddress: theirs(({ addressId }) => ({ addressId, city: 'Puebla' })),
  deleteAddress: theirs(({ addressId }) => ({ addressId })),
  listMembers: own,
  getMember: operators(({ memberId }) => ({ memberId })),
  setMemberRoles: operators(({ memberId }) => ({ memberId, roles: ['buyer'] })),
  grantRole: operators(({ memberId }) => ({ memberId, role: 'moderator' })),

  createUpload: own,
  completeUpload: theirs(({ uploadId }) => ({ uploadId })),
  getAsset: theirs(({ assetId }) => ({ assetId })),

  listPaymentProviders: own,
  listReconciliations: own,
  reconcileDay: own,
  exportMovements: own,
  listDifferences: own,
  resolveDifference: operators(({ differenceId }) => ({ differenceId, resolution: 'correct', note: 'not mine' })),
  listPaymentSweeps: own,
  sweepPayments: own,
  listSweepFindings: own,
  createPaymentMethod: own,
  listPaymentMethods: own,
  getTransferInstructions: payment,
  listAwaitedTransfers: own,
  confirmTransfer: operators(({ paymentId }) => ({
    paymentId,
    reference: 'ABC',
    received: { amountMinor: 100, currency: 'USD' },
  })),
  getCoinInstructions: payment,
  setPaybackAddress: theirs(({ paymentId }) => ({ paymentId, address: '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC' })),
  listCoinPaybacks: own,
  confirmCoinPayback: operators(({ paymentId }) => ({
    paybackId: paymentId.replace('pay_', 'pbk_'),
    transactionHash: `0x${'1'.repeat(64)}`,
  })),
  getPayment: payment,
  confirmPayment: payment,
  listPayments: own,
  getBalance: store,
  requestPayout: theirs(({ storeId }) => ({ storeId, amount: { amountMinor: 1, currency: 'USD' } })),
  cancelPayout: theirs(({ payoutId }) => ({ payoutId })),
  listPayoutAccounts: moneyOf,
  setPayoutAccount: theirs(({ storeId }) => ({
    ownerKind: 'store',
    ownerId: storeId,
    currency: 'USD',
    holderName: 'Thief',
    account: { kind: 'us_bank', routingNumber: '021000021', accountNumber: '000123456789' },
  })),
  verifyPayoutAccount: theirs(({ payoutAccountId }) => ({ payoutAccountId, amountsMinor: [1, 2] })),
  getSimulatedDeposits: theirs(({ payoutAccountId }) => ({ payoutAccountId })),
  listPayoutAccountsToAccept: own,
  acceptPayoutAccount: operators(({ payoutAccountId }) => ({ payoutAccountId })),
  getPayoutPlan: theirs(({ storeId }) => ({ ownerKind: 'store', ownerId: storeId, currency: 'USD' })),
  setPayoutSchedule: theirs(({ storeId }) => ({
    ownerKind: 'store',
    ownerId: storeId,
    currency: 'USD',
    cadence: 'daily',
  })),
  listAllPayouts: own,
  getPayoutRecord: operators(({ payoutId }) => ({ payoutId })),
  approvePayout: operators(({ payoutId }) => ({ payoutId })),
  rejectPayout: operators(({ payoutId }) => ({ payoutId, reason: 'Who is this?' })),
  retryPayout: operators(({ payoutId }) => ({ payoutId })),
  listPayoutBatches: own,
  getPayoutBatch: operators(({ batchId }) => ({ batchId })),
  createPayoutBatch: own,
  getPayoutBatchFile: operators(({ batchId }) => ({ batchId })),
  sendPayoutBatch: operators(({ batchId }) => ({ batchId })),
  settlePayoutBatch: operators(({ batchId }) => ({ batchId })),
  listPayouts: store,
  listStatement: theirs(({ storeId }) => ({ storeId, currency: 'USD' })),
  getStatement: theirs(({ storeId }) => ({ storeId, currency: 'USD', ...PERIOD })),
  exportStatement: theirs(({ storeId }) => ({ storeId, currency: 'USD', ...PERIOD })),
  listTransfers: own,
  getTransfer: operators(({ transferId }) => ({ transferId })),
  listAccounts: own,
  getAccountStatement: operators(({ accountId }) => ({ accountId, ...PERIOD })),
  getTrialBalance: own,
  getJournal: own,
  verifyJournal: own,
  listFailedRefunds: own,
  retryRefund: operators(() => ({ refundId: NO_REFUND })),
  settleRefundByHand: operators(() => ({ refundId: NO_REFUND, reference: 'TT-1' })),
  listDebts: own,
  listDebtEntries: theirs(({ storeId }) => ({ storeId, currency: 'USD' })),
  writeOffDebt: operators(({ storeId }) => ({
    storeId,
    amount: { amountMinor: 1, currency: 'USD' },
    reason: 'because',
  })),
  listChargebacks: own,
  getChargeback: chargeback,
  submitChargebackEvidence: operators(({ chargebackId }) => ({ chargebackId, text: 'It was delivered.' })),
  ruleChargeback: operators(({ chargebackId }) => ({ chargebackId, bearer: 'platform', reason: 'because' })),
  openSimulatedChargeback: operators(({ orderId }) => ({ orderId })),
  decideSimulatedChargeback: operators(({ chargebackId }) => ({ chargebackId, outcome: 'lost' })),
  getWallet: own,
  topUpWallet: own,
  listWalletMovements: own,
  withdrawFromWallet: own,
  listWithdrawals: own,
  exportWalletStatement: own,
  getMemberWallet: operators(({ memberId }) => ({ memberId })),
  freezeWallet: operators(({ memberId }) => ({ memberId, reason: 'a test' })),
  unfreezeWallet: operators(({ memberId }) => ({ memberId, reason: 'a test' })),
  getSimulatedChallenge: payment,
  completeSimulatedChallenge: theirs(({ paymentId }) => ({ paymentId, outcome: 'approve' })),

  listSavedMethods: own,
  saveMethod: own,
  makeDefaultMethod: theirs(({ savedMethodId }) => ({ savedMethodId })),
  removeSavedMethod: theirs(({ savedMethodId }) => ({ savedMethodId })),

  listPlans: own,
  getOwnedPlan: owned,
  previewPlan: theirs(({ storeId }) => ({ ownerId: storeId, ...PLAN })),
  createSubscription: theirs(({ storeId }) => ({ ownerId: storeId, ...PLAN })),
  changeSubscription: theirs(({ subscriptionId }) => ({ subscriptionId, ...PLAN })),
  cancelSubscription: theirs(({ subscriptionId }) => ({ subscriptionId })),
  resumeSubscription: theirs(({ subscriptionId }) => ({ subscriptionId })),
  listSubscriptionInvoices: owned,
  getSubscriptionInvoice: theirs(({ subscriptionInvoiceId: invoiceId }) => ({ invoiceId })),
  exportSubscriptionInvoice: theirs(({ subscriptionInvoiceId: invoiceId }) => ({ invoiceId })),
  paySubscriptionInvoice: theirs(({ subscriptionInvoiceId: invoiceId }) => ({ invoiceId })),
  listSubscriptions: own,
  getSubscriptionRevenue: own,

  listNotifications: own,
  markNotificationRead: theirs(({ notificationId }) => ({ notificationId })),
  markAllNotificationsRead: own,

  createStore: own,
  updateStore: theirs(({ storeId }) => ({ storeId, name: 'Taken over' })),
  getStore: everybody(({ storeId }) => ({ storeId })),
  getStoreBySlug: everybody(({ storeSlug }) => ({ slug: storeSlug })),
  getMyStores: own,
  listStores: own,
  listStoreListings: store,
  createListing: theirs(({ storeId }) => ({
    storeId,
    title: 'Not mine',
    categoryId: 'lighting',
    variants: [{ price: { amountMinor: 100, currency: 'USD' }, onHand: 1 }],
  })),
  updateListing: theirs(({ listingId }) => ({ listingId, title: 'Taken over' })),
  publishListing: theirs(({ digitalListingId }) => ({ listingId: digitalListingId })),
  pauseListing: listing,
  markListingSold: listing,
  deleteListing: listing,
  suspendListing: operators(({ listingId }) => ({ listingId, reason: 'Counterfeit goods.' })),
  reinstateListing: operators(({ listingId }) => ({ listingId })),
  getMyListing: listing,
  listAllListings: own,
  listListings: own,
  getListing: everybody(({ listingId }) => ({ listingId })),
  listCategories: own,
  listSitemapEntries: own,
  setStock: theirs(({ variantId }) => ({ variantId, onHand: 0 })),
  createRelease: theirs(({ digitalListingId, assetId }) => ({
    listingId: digitalListingId,
    version: '6.6.6',
    files: [{ assetId }],
  })),
  listReleases: everybody(({ digitalListingId }) => ({ listingId: digitalListingId })),
  createImport: theirs(({ storeId }) => ({ storeId, text: 'title,price\nLamp,45.00\n', format: 'plain-csv' })),
  startImport: imported,
  getImport: imported,
  listImports: store,
  listImportErrors: imported,
  exportListings: theirs(({ storeId }) => ({ storeId, format: 'shopify-csv' })),

  searchListings: own,
  suggest: own,

  createCoupon: theirs(({ storeId }) => ({
    storeId,
    code: 'NOTMINE',
    title: 'Not mine',
    reduction: { kind: 'percent', rateBp: 10_000 },
  })),
  getCoupon: theirs(({ couponId }) => ({ couponId })),
  updateCoupon: theirs(({ couponId }) => ({ couponId, state: 'paused' })),
  listCoupons: store,

  createCart: everybody(({ variantId }) => ({ variantId })),
  getCurrentCart: own,
  getCart: cart,
  addCartLine: theirs(({ cartId, variantId }) => ({ cartId, variantId, quantity: 1 })),
  updateCartLine: theirs(({ cartId, lineId }) => ({ cartId, lineId, quantity: 2 })),
  removeCartLine: theirs(({ cartId, lineId }) => ({ cartId, lineId })),
  applyCoupon: theirs(({ cartId, couponCode }) => ({ cartId, code: couponCode })),
  removeCoupon: theirs(({ cartId, couponCode }) => ({ cartId, code: couponCode })),
  mergeCart: cart,
  createCheckout: cart,
  getCheckout: checkout,
  updateCheckout: theirs(({ checkoutId }) => ({ checkoutId, email: 'thief@example.test' })),
  completeCheckout: checkout,
  estimateEarnings: theirs(({ storeId }) => ({
    storeId,
    amountMinor: 10_000,
    categoryId: 'lighting',
    kind: 'physical',
  })),
  listCommissionRules: own,
  addEvidence: theirs(({ orderId, groupId }) => ({ orderId, groupId, text: 'Me too.' })),
  listEvidence: group,
  listDisputes: own,
  getOrder: order,
  openGuestOrder: theirs(({ orderId }) => ({ orderId, token: 'thqk5c.not-the-token-of-this-order' })),
  mailOrderLink: own,
  keepGuestOrders: own,
  listOrders: own,
  listSales: store,
  listAllOrders: own,
  takeOrderAction: theirs(({ orderId, groupId }) => ({ orderId, groupId, action: 'cancel' })),
  cancelOrder: group,
  shipOrder: group,
  deliverOrder: group,
  confirmReceipt: group,
  refundOrder: theirs(({ orderId, groupId }) => ({ orderId, groupId, amountMinor: 1, reason: 'because' })),
  listOrderDocuments: order,
  getDocumentFile: theirs(({ documentId }) => ({ documentId })),
  requestInvoice: theirs(({ orderId, groupId }) => ({ orderId, groupId, invoiceDetails: TAX_DETAILS })),
  listStoreDocuments: store,
  exportStoreDocuments: theirs(({ storeId }) => ({ storeId, month: '2026-11' })),
  getStoreTaxDetails: store,
  setStoreTaxDetails: theirs(({ storeId }) => ({ storeId, details: TAX_DETAILS })),
  listPlatformDocuments: own,
  exportPlatformDocuments: own,
  refundLines: theirs(({ orderId, groupId }) => ({
    orderId,
    groupId,
    lines: [],
    includesShipping: true,
    reason: 'because',
  })),
  createReturn: theirs(({ orderId, groupId }) => ({
    orderId,
    groupId,
    lines: [{ lineId: 'orl_01k9w6x8f0e5rbq2m3n4p5q6r7', quantity: 1 }],
    reason: 'because',
  })),
  listReturns: order,
  takeReturnAction: theirs(({ orderId }) => ({ orderId, returnId: NO_RETURN, action: 'withdraw' })),
  listContestedReturns: own,
  listStoreReturns: store,
  addChargebackEvidence: theirs(({ orderId, groupId }) => ({ orderId, groupId, text: 'Me too.' })),
  listChargebackEvidence: group,
  listLicenses: own,
  listOrderLicenses: order,
  createDownload: theirs(({ licenseId }) => ({ licenseId })),
  createOffer: everybody(({ variantId }) => ({ variantId, priceMinor: 4000 })),
  getOffer: offer,
  listOffers: own,
  counterOffer: theirs(({ offerId }) => ({ offerId, priceMinor: 4200 })),
  acceptOffer: offer,
  declineOffer: offer,

  listMarketplaces: own,
  getMarketplace: own,
  listAuditEntries: own,
  verifyAuditChain: own,
};
