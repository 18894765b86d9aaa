import type { catalogContract } from '@plaza/catalog/contract';
import type { Client } from '@plaza/kernel';
import type { marketingContract } from '@plaza/marketing/contract';
import type { mediaContract } from '@plaza/media/contract';
import type { Payment, paymentsContract } from '@plaza/payments/contract';
import type { Platform, Queries, Storage, Transaction } from '@plaza/runtime';
import type { subscriptionsContract } from '@plaza/subscriptions/contract';
import type { CheckoutRecord } from './domain/checkout.ts';
import type { LockedPrice } from './domain/locked-price.ts';
import type { Processes } from './processes.ts';
import type { OpenTaxEngine } from './tax/engines.ts';

/** What every operation of this service may use: the house, and the services it calls. */
export type OrdersDependencies = Pick<Platform, 'database' | 'marketplaces' | 'clock' | 'log' | 'publicUrl'> & {
  readonly catalog: Client<typeof catalogContract>;
  readonly marketing: Client<typeof marketingContract>;
  readonly payments: Client<typeof paymentsContract>;
  readonly subscriptions: Pick<Client<typeof subscriptionsContract>, 'getEntitlements'>;
};

/** A captured payment, one that is due at the door, or one of nothing. */
export type PlacedPayment = Pick<Payment, 'id' | 'state' | 'amount' | 'method' | 'walletMinor' | 'capturedTime'>;

/** What the half after placement (orders, offers) gives the half before it. Both run in this service and database. */
export type AfterPlacement = {
  /** Inserts the order of a checkout, in the transaction that completes the checkout. Called once per checkout. */
  placeOrder(tx: Transaction, sale: { checkout: CheckoutRecord; payment: PlacedPayment; now: Date }): Promise<void>;
  /** The prices of those of these offers that are accepted and can still be bought at `now`. */
  findLockedPrices(
    queries: Queries,
    marketplaceId: string,
    offerIds: readonly string[],
    now: Date,
  ): Promise<LockedPrice[]>;
  /** Keeps accepted offers for this order while its checkout is paid; false when another has one of them. Repeatable. */
  keepOffers(tx: Transaction, offerIds: readonly string[], orderId: string): Promise<boolean>;
};

/** What orders, licenses and offers use besides. */
export type SellingDependencies = OrdersDependencies & {
  readonly processes: Processes;
  /** Where drawn documents are kept. */
  readonly storage: Storage;
  readonly media: Client<typeof mediaContract>;
  /** Secret of the installation: license keys are made with it. */
  readonly signingKey: string;
};

export type BuyingDependencies = OrdersDependencies & {
  readonly after: AfterPlacement;
  /** Outside tax engines by marketplace; those without one use their table. */
  readonly taxEngines: ReadonlyMap<string, OpenTaxEngine>;
};
