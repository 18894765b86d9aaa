import { asService, type Context, type Currency, type Id, localize } from '@plaza/kernel';
import type { MarketplaceSettings } from '@plaza/kernel/marketplace';
import { type Timer, timer } from '@plaza/runtime';
import type { SellingDependencies } from '../../dependencies.ts';
import { commissionContent, commissionVatBp } from '../../domain/document/commission.ts';
import { platformParty, storeParty } from '../../domain/document/content.ts';
import { monthAfter, monthIn, timesOfMonth } from '../../domain/document/number.ts';
import { lockCharges, markCharged, storesToInvoice } from '../../store/commission-entry.ts';
import { isIssued } from '../../store/document.ts';
import { taxDetailsOf } from '../../store/tax-details.ts';
import { issue } from './issue.ts';

/** Stores invoiced in one run at most; the rest waits for the next. */
const STORES_MAX = 500;
/** After a month's end, so that what was charged in its last minutes is written down. What comes later is the next month's. */
const GRACE_MS = 10 * 60_000;

type Due = { readonly storeId: Id<'store'>; readonly currency: Currency; readonly oldest: Date };

/**
 * Charges each store for each finished month: one document a store, month and currency, over all that was not charged
 * yet. A month that was charged is closed: what is heard of later goes into the next.
 */
export function invoiceCommission(
  dependencies: Pick<SellingDependencies, 'database' | 'marketplaces' | 'catalog' | 'clock' | 'log'>,
): Timer {
  const { database, marketplaces, clock, catalog, log } = dependencies;
  return timer({
    name: 'invoice-commission',
    everySeconds: 300,
    run: async (context) => {
      const { marketplaceId } = context;
      const settings = marketplaces.get(marketplaceId);
      const thisMonth = monthIn(settings.timeZone, new Date(clock().getTime() - GRACE_MS));
      const { from: before } = timesOfMonth(thisMonth, settings.timeZone);
      const due = await storesToInvoice(database.read(marketplaceId), marketplaceId, before, STORES_MAX);
      if (due.length === 0) return;
      const names = await namesOf(catalog, due, context);
      for (const store of due) {
        try {
          await invoiceStore(dependencies, settings, store, names.get(store.storeId) ?? store.storeId, thisMonth);
        } catch (error) {
          // One store's failure does not keep the others waiting.
          log.warn(
            { err: error, storeId: store.storeId },
            'a commission invoice could not be issued; it is tried again',
          );
        }
      }
    },
  });
}

/** Every month from the oldest charge on, one transaction each. */
async function invoiceStore(
  { database, clock }: Pick<SellingDependencies, 'database' | 'clock'>,
  settings: MarketplaceSettings,
  { storeId, currency, oldest }: Due,
  storeName: string,
  thisMonth: string,
): Promise<void> {
  const { timeZone } = settings;
  for (let month = monthIn(timeZone, oldest); month < thisMonth; month = monthAfter(month)) {
    const { to: before } = timesOfMonth(month, timeZone);
    await database.transaction(settings.id, async (tx) => {
      const entries = await lockCharges(tx, tx.marketplaceId, { storeId, currency, before });
      if (entries.length === 0) return;
      const subject = `commission:${storeId}:${month}:${currency}`;
      if (await isIssued(tx, subject)) return;
      const details = await taxDetailsOf(tx, tx.marketplaceId, [storeId]);
      const { kind, content } = commissionContent(entries, {
        currency,
        timeZone,
        month,
        platform: platformParty(settings, localize(settings.name, settings.locales[0] ?? 'en')),
        store: storeParty(storeName, details.get(storeId)?.details ?? null),
        vatBp: commissionVatBp(settings),
      });
      // What was charged and returned within the month needs no paper.
      const isNothing = content.totals.totalMinor === 0;
      const about = { issuer: 'platform', storeId, orderId: null, groupId: null } as const;
      const document = isNothing ? null : await issue(tx, settings, { ...about, kind, subject, content }, clock());
      await markCharged(tx, tx.marketplaceId, entries, document?.id ?? null);
    });
  }
}

async function namesOf(
  catalog: SellingDependencies['catalog'],
  due: readonly Due[],
  context: Context,
): Promise<Map<string, string>> {
  const storeIds = [...new Set(due.map(({ storeId }) => storeId))];
  const { items } = await catalog.getStores({ storeIds }, asService('orders', context));
  return new Map(items.map(({ id, name }) => [id, name]));
}
