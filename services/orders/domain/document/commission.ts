import { basisPointsOf, type Currency, type Id, splitByLargestRemainder } from '@plaza/kernel';
import type { MarketplaceSettings } from '@plaza/kernel/marketplace';
import type { DocumentContent, DocumentLine, DocumentParty } from './content.ts';

/** Commission of one sale that was charged, or (below zero) that returned with a refund; its VAT beside it. */
export type CommissionEntry = {
  readonly kind: 'release' | 'refund';
  readonly id: string;
  readonly storeId: Id<'store'>;
  readonly groupId: Id<'shipmentGroup'>;
  readonly orderNumber: string;
  readonly currency: Currency;
  readonly commissionMinor: number;
  readonly vatMinor: number;
  readonly time: Date;
};

/** More sales than these are told day by day, so that a busy store's invoice stays something that is read. */
const SALES_TOLD_MAX = 300;

/**
 * Divides commission that moved, VAT included, by how it divided before: of what a release charges by the quote, of what a
 * refund returns by what is charged and not returned yet, so that the last refund returns exactly the rest of both.
 */
export function withVatApart(
  totalMinor: number,
  by: { readonly commissionMinor: number; readonly vatMinor: number },
): { commissionMinor: number; vatMinor: number } {
  const weights = [Math.max(by.commissionMinor, 0), Math.max(by.vatMinor, 0)];
  const [commissionMinor = 0, vatMinor = 0] = splitByLargestRemainder(totalMinor, weights);
  return { commissionMinor, vatMinor };
}

/** The rate of VAT on commissions, when every rule has the same. */
export function commissionVatBp({ commission }: Pick<MarketplaceSettings, 'commission'>): number | null {
  const rates = new Set(commission.map(({ vatBp }) => vatBp));
  return rates.size === 1 ? ([...rates][0] ?? null) : null;
}

/**
 * True when a rate is what every entry's VAT was made by, up to the unit that dividing it may move. After a rate changed,
 * what was sold before is invoiced with the VAT it was charged: the new rate must not stand beside it.
 */
function explains(vatBp: number, entries: readonly CommissionEntry[]): boolean {
  return entries.every(
    ({ commissionMinor, vatMinor }) => Math.abs(vatMinor - basisPointsOf(commissionMinor, vatBp)) <= 1,
  );
}

/** What the platform charges a store for a month. More returned than charged makes a credit note: the same, turned round. */
export function commissionContent(
  entries: readonly CommissionEntry[],
  about: {
    readonly currency: Currency;
    readonly timeZone: string;
    readonly month: string;
    readonly platform: DocumentParty;
    readonly store: DocumentParty;
    /** What is charged today; named when it is what the entries were charged. */
    readonly vatBp: number | null;
  },
): { kind: 'commission_invoice' | 'commission_credit_note'; content: DocumentContent } {
  const { currency, timeZone, month, platform, store } = about;
  const vatBp = about.vatBp !== null && explains(about.vatBp, entries) ? about.vatBp : null;
  const sum = (of: (entry: CommissionEntry) => number) => entries.reduce((total, entry) => total + of(entry), 0);
  const [commissionMinor, vatMinor] = [sum((entry) => entry.commissionMinor), sum((entry) => entry.vatMinor)];
  const sign = commissionMinor + vatMinor < 0 ? -1 : 1;
  // Sweden writes dates as ISO 8601 does.
  const days = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });
  const dayOf = ({ time }: CommissionEntry) => days.format(time);
  const lines =
    entries.length <= SALES_TOLD_MAX
      ? entries.map((entry) => lineOf(entry.orderNumber, dayOf(entry), 1, entry.commissionMinor))
      : dayLines(entries, dayOf);
  const turned = (amountMinor: number) => (amountMinor === 0 ? 0 : sign * amountMinor);
  const content: DocumentContent = {
    currency,
    timeZone,
    issuer: platform,
    recipient: store,
    order: null,
    month,
    references: [],
    reason: null,
    lines: lines.map((line) => {
      const amountMinor = turned(line.amountMinor);
      return { ...line, unitPriceMinor: amountMinor, amountMinor, taxRateBp: vatBp };
    }),
    taxes: [
      {
        name: vatMinor === 0 ? null : 'VAT',
        rateBp: vatMinor === 0 ? null : vatBp,
        isIncluded: false,
        baseMinor: turned(commissionMinor),
        taxMinor: turned(vatMinor),
      },
    ],
    totals: {
      subtotalMinor: turned(commissionMinor),
      discountMinor: 0,
      shippingMinor: 0,
      taxAddedMinor: turned(vatMinor),
      taxIncludedMinor: 0,
      totalMinor: turned(commissionMinor + vatMinor),
    },
  };
  return { kind: sign < 0 ? 'commission_credit_note' : 'commission_invoice', content };
}

function dayLines(entries: readonly CommissionEntry[], dayOf: (entry: CommissionEntry) => string): DocumentLine[] {
  const byDay = new Map<string, DocumentLine>();
  for (const entry of entries) {
    const day = dayOf(entry);
    const before = byDay.get(day) ?? lineOf(day, null, 0, 0);
    byDay.set(day, lineOf(day, null, before.quantity + 1, before.amountMinor + entry.commissionMinor));
  }
  return [...byDay.values()];
}

function lineOf(title: string, detail: string | null, quantity: number, amountMinor: number): DocumentLine {
  return { title, detail, quantity, unitPriceMinor: amountMinor, discountMinor: 0, amountMinor, taxRateBp: null };
}
