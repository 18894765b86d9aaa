import { dateFormat, drawPdf, formatRate, PAGE, type Page } from '@plaza/document';
import { formatMoney } from '@plaza/kernel';
import type { MarketplaceSettings } from '@plaza/kernel/marketplace';
import type { SubscriptionInvoice } from '../contract.ts';
import { type TextKey, textOf } from './texts.ts';

const WHAT = 140;
const AMOUNT = 400;

export type InvoicePaper = {
  readonly invoice: SubscriptionInvoice;
  readonly company: MarketplaceSettings['company'];
  /** Whom it is to: the store's name. */
  readonly payer: string;
  readonly locale: string;
  readonly timeZone: string;
};

/** An invoice to be kept: the same one is the same file, byte by byte. */
export function invoicePdf(paper: InvoicePaper): NodeJS.ReadableStream {
  const { invoice, locale } = paper;
  const title = `${textOf(locale, 'invoice')} ${invoice.number}`;
  const time = new Date(invoice.createdTime);
  return drawPdf({ title, locale, time, pageLabel: textOf(locale, 'page') }, (page) => write(page, paper));
}

function write(page: Page, { invoice, company, payer, locale, timeZone }: InvoicePaper): void {
  const t = (key: TextKey) => textOf(locale, key);
  const dates = dateFormat(locale, timeZone);
  const day = (time: string) => dates.format(new Date(time));
  page.left(`${t('invoice')} ${invoice.number}`, PAGE.left, { size: PAGE.titleSize });
  page.down(36);
  for (const line of companyLines(company, t('taxId'))) {
    page.left(line, PAGE.left);
    page.down(14);
  }
  page.down(PAGE.row);
  for (const [name, value] of [
    [t('to'), payer],
    [t('date'), day(invoice.createdTime)],
    [t('state'), t(`state.${invoice.state}`)],
  ] as const) {
    page.left(name, PAGE.left, { isQuiet: true });
    page.left(value, WHAT);
    page.down(PAGE.row);
  }
  page.down(PAGE.row);
  page.left(t('what'), PAGE.left, { isQuiet: true });
  page.right(t('amount'), PAGE.right, { isQuiet: true });
  page.down(PAGE.row);
  page.rule();
  for (const line of invoice.lines) {
    if (!page.hasRoom(PAGE.row * 3)) page.next();
    page.down(6);
    const kind = line.kind === 'plan' ? '' : ` (${t(line.kind)})`;
    const quantity = line.quantity === null ? '' : `: ${new Intl.NumberFormat(locale).format(line.quantity)}`;
    page.right(formatMoney(line.amount, locale), PAGE.right);
    page.down(page.block(`${line.title}${kind}${quantity}`, PAGE.left, AMOUNT - PAGE.left));
    page.left(`${day(line.fromTime)} – ${day(line.toTime)}`, PAGE.left, { isQuiet: true });
    page.down(PAGE.row);
  }
  page.rule();
  page.down(8);
  const { tax } = invoice;
  if (tax !== null) {
    const rate = `${tax.name} (${formatRate(tax.rateBp, locale)}${tax.isIncluded ? `, ${t('included')}` : ''})`;
    page.left(rate, PAGE.left, { isQuiet: true });
    page.right(formatMoney(tax.amount, locale), PAGE.right, { isQuiet: true });
    page.down(PAGE.row);
  }
  page.left(t('total'), PAGE.left, { size: 12 });
  page.right(formatMoney(invoice.total, locale), PAGE.right, { size: 12 });
}

function companyLines(company: MarketplaceSettings['company'], taxIdLabel: string): string[] {
  if (company === undefined) return [];
  const { line1, line2, city, region, postalCode, countryCode } = company.address;
  return [
    company.legalName,
    [line1, line2].filter(Boolean).join(', '),
    [postalCode, city, region, countryCode].filter(Boolean).join(' '),
    ...(company.taxId === undefined ? [] : [`${taxIdLabel}: ${company.taxId}`]),
  ];
}
