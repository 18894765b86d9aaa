import { invariant } from '@plaza/kernel';
import { type MarketplaceSettings, NUMBER_PLACE } from '@plaza/kernel/marketplace';
import type { DocumentKind } from '../../contract/document.ts';

/** What a document's number is made of: the counter's number, with at least `width` digits, between two texts. */
export type Series = {
  readonly fiscalYear: number;
  readonly prefix: string;
  readonly width: number;
  readonly suffix: string;
};

/** The marketplace's setting for each kind. */
const PATTERNS = {
  receipt: 'receipt',
  invoice: 'invoice',
  credit_note: 'creditNote',
  commission_invoice: 'commissionInvoice',
  commission_credit_note: 'commissionCreditNote',
} as const satisfies Record<DocumentKind, keyof MarketplaceSettings['documents']>;

/** The series that a document issued at `time` is numbered in. */
export function seriesFor(
  { documents, timeZone }: Pick<MarketplaceSettings, 'documents' | 'timeZone'>,
  kind: DocumentKind,
  time: Date,
): Series {
  const fiscalYear = fiscalYearOf(time, timeZone, documents.fiscalYearStartMonth);
  const pattern = documents[PATTERNS[kind]].replace('{year}', String(fiscalYear));
  const [prefix, width, suffix] = pattern.split(NUMBER_PLACE);
  invariant(prefix !== undefined && width !== undefined && suffix !== undefined, `not a number pattern: ${pattern}`);
  return { fiscalYear, prefix, width: Number(width), suffix };
}

/** The fiscal year of a moment where the marketplace is, named after the calendar year in which it begins. */
export function fiscalYearOf(time: Date, timeZone: string, startMonth: number): number {
  const [year, month] = monthIn(timeZone, time).split('-').map(Number) as [number, number];
  return month < startMonth ? year - 1 : year;
}

/** The month it is somewhere, e.g. `2026-11`. */
export function monthIn(timeZone: string, time: Date): string {
  return dayFormatterOf(timeZone).format(time).slice(0, 7);
}

/** Making a formatter costs a hundred times what formatting does, and every document asks for its month. */
const dayFormatters = new Map<string, Intl.DateTimeFormat>();

function dayFormatterOf(timeZone: string): Intl.DateTimeFormat {
  // Sweden writes dates as ISO 8601 does.
  const formatter = dayFormatters.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });
  dayFormatters.set(timeZone, formatter);
  return formatter;
}

/** The first moment of a month somewhere, and the first behind it. */
export function timesOfMonth(month: string, timeZone: string): { from: Date; to: Date } {
  return { from: beginOf(month, timeZone), to: beginOf(monthAfter(month), timeZone) };
}

/** The month behind a month. */
export function monthAfter(month: string): string {
  const [year, number] = month.split('-').map(Number) as [number, number];
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
}

function beginOf(month: string, timeZone: string): Date {
  const midnight = Date.parse(`${month}-01T00:00:00Z`);
  // The offset is that of the moment itself, which a change of the clocks may lie between: so it is looked up twice.
  return new Date(midnight - offsetAt(timeZone, midnight - offsetAt(timeZone, midnight)));
}

/** How far clocks there are ahead of UTC, in milliseconds. */
function offsetAt(timeZone: string, ms: number): number {
  const local = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(ms);
  return Date.parse(`${local.replace(' ', 'T')}Z`) - Math.floor(ms / 1000) * 1000;
}
