import { setImmediate as nextTurn } from 'node:timers/promises';
import { dateFormat, drawPdf, formatRate, monthFormat, PAGE, type Page } from '@plaza/document';
import { formatMoney, type Locale } from '@plaza/kernel';
import type { DocumentKind } from '../contract/document.ts';
import type { DocumentContent, DocumentLine, DocumentParty, TaxSum } from '../domain/document/content.ts';
import { kindText, type TextKey, textOf } from './texts.ts';

export type DocumentPaper = {
  readonly kind: DocumentKind;
  readonly number: string;
  readonly issueTime: Date;
  readonly content: DocumentContent;
};

/** Where columns end (of numbers), and how wide the one of words is. */
const COLUMN = { quantity: 330, price: 420, rate: 465, amount: PAGE.right };
const WORDS_WIDTH = 240;
const PARTY_WIDTH = 230;
/** Where the second of two parties, and the sums below the lines, begin. */
const SECOND = 305;

type Draw = { readonly page: Page; readonly paper: DocumentPaper; readonly locale: Locale };

/** A document to be read. The same paper in the same language is the same bytes. */
export function documentPdf(paper: DocumentPaper, locale: Locale): NodeJS.ReadableStream {
  const about = {
    title: `${kindText(locale, paper.kind, paper.content.issuer.taxId)} ${paper.number}`,
    locale,
    time: paper.issueTime,
    pageLabel: textOf(locale, 'page'),
  };
  return drawPdf(about, async (page) => {
    const draw = { page, paper, locale };
    drawHead(draw);
    await drawLines(draw);
    drawTotals(draw);
    drawTaxes(draw);
  });
}

function drawHead({ page, paper, locale }: Draw): void {
  const { kind, number, issueTime, content } = paper;
  const t = (key: TextKey) => textOf(locale, key);
  const days = dateFormat(locale, content.timeZone);
  page.left(kindText(locale, kind, content.issuer.taxId), PAGE.left, { size: PAGE.titleSize });
  page.down(38);
  const facts: [string, string][] = [
    [t('number'), number],
    [t('date'), days.format(issueTime)],
  ];
  if (content.order !== null) {
    facts.push([t('order'), content.order.number], [t('placed'), days.format(new Date(content.order.placedTime))]);
  }
  if (content.month !== null) {
    // Noon of the fifteenth is in the same month in every time zone.
    const within = new Date(`${content.month}-15T12:00:00Z`);
    facts.push([t('month'), monthFormat(locale, content.timeZone).format(within)]);
  }
  for (const reference of content.references)
    facts.push([t('refersTo'), `${kindText(locale, reference.kind, content.issuer.taxId)} ${reference.number}`]);
  if (content.reason !== null && content.reason !== '') facts.push([t('reason'), content.reason]);
  for (const [name, value] of facts) {
    page.left(name, PAGE.left, { isQuiet: true });
    page.down(Math.max(page.block(value, 170, PAGE.right - 170), PAGE.row - 2));
  }
  page.down(12);
  const heights = [
    drawParty(page, t('from'), t('taxId'), content.issuer, PAGE.left),
    drawParty(page, t('to'), t('taxId'), content.recipient, SECOND),
  ];
  page.down(Math.max(...heights) + 16);
}

/** A party as a column; answers how many points it takes. */
function drawParty(page: Page, title: string, taxIdTitle: string, party: DocumentParty, x: number): number {
  const from = page.y;
  page.left(title, x, { isQuiet: true });
  page.down(PAGE.row - 3);
  const lines = [
    party.name,
    party.tradeName,
    ...party.address,
    party.taxId === null ? null : `${taxIdTitle}: ${party.taxId}`,
    party.email,
  ].filter((line) => line !== null);
  for (const [i, line] of lines.entries()) page.down(page.block(line, x, PARTY_WIDTH, i === 0 ? { size: 11 } : {}));
  const taken = page.y - from;
  page.moveTo(from);
  return taken;
}

async function drawLines(draw: Draw): Promise<void> {
  const { page, paper, locale } = draw;
  const { content } = paper;
  if (content.lines.length === 0) return;
  const t = (key: TextKey) => textOf(locale, key);
  const isSale = content.order !== null;
  const money = moneyOf(draw);
  const head = () => {
    page.left(t(isSale ? 'description' : 'sale'), PAGE.left, { isQuiet: true });
    if (isSale) {
      page.right(t('quantity'), COLUMN.quantity, { isQuiet: true });
      page.right(t('price'), COLUMN.price, { isQuiet: true });
      page.right(t('tax'), COLUMN.rate, { isQuiet: true });
    }
    page.right(t(isSale ? 'amount' : 'commission'), COLUMN.amount, { isQuiet: true });
    page.down(PAGE.row - 2);
    page.rule();
    page.down(6);
  };
  head();
  for (const line of content.lines) {
    if (!page.hasRoom(heightOf(page, line))) {
      page.next();
      // Setting a page takes some 50 ms; others' requests have their turn in between.
      await nextTurn();
      head();
    }
    if (isSale) {
      page.right(String(line.quantity), COLUMN.quantity);
      page.right(money(line.unitPriceMinor), COLUMN.price);
      page.right(line.taxRateBp === null ? '–' : formatRate(line.taxRateBp, locale), COLUMN.rate);
    }
    page.right(money(line.quantity * line.unitPriceMinor || line.amountMinor), COLUMN.amount);
    page.down(page.block(line.title, PAGE.left, WORDS_WIDTH));
    if (line.detail !== null) page.down(page.block(line.detail, PAGE.left, WORDS_WIDTH, { isQuiet: true }));
    if (line.discountMinor > 0) {
      page.left(t('discount'), PAGE.left, { isQuiet: true });
      page.right(money(-line.discountMinor), COLUMN.amount, { isQuiet: true });
      page.down(PAGE.size + 4);
    }
    page.down(5);
  }
}

function heightOf(page: Page, { title, detail, discountMinor }: DocumentLine): number {
  const words = page.heightOf(title, WORDS_WIDTH) + (detail === null ? 0 : page.heightOf(detail, WORDS_WIDTH));
  return words + (discountMinor > 0 ? PAGE.size + 4 : 0) + 5;
}

function drawTotals(draw: Draw): void {
  const { page, paper, locale } = draw;
  const { totals, taxes } = paper.content;
  const money = moneyOf(draw);
  const t = (key: TextKey) => textOf(locale, key);
  const rows: [string, string][] = [
    [t(paper.kind === 'credit_note' ? 'refunded' : 'subtotal'), money(totals.subtotalMinor)],
  ];
  if (totals.discountMinor > 0) rows.push([t('discount'), money(-totals.discountMinor)]);
  if (totals.shippingMinor > 0) rows.push([t('shipping'), money(totals.shippingMinor)]);
  for (const tax of taxes.filter(({ isIncluded, taxMinor }) => !isIncluded && taxMinor !== 0))
    rows.push([nameOf(tax, draw), money(tax.taxMinor)]);
  if (!page.hasRoom((rows.length + 2) * PAGE.row)) page.next();
  page.rule(SECOND);
  page.down(6);
  for (const [name, value] of rows) {
    page.left(name, SECOND, { isQuiet: true });
    page.right(value, COLUMN.amount);
    page.down(PAGE.row - 2);
  }
  page.rule(SECOND);
  page.down(6);
  page.left(t('total'), SECOND, { size: 12 });
  page.right(money(totals.totalMinor), COLUMN.amount, { size: 12 });
  page.down(PAGE.row + 10);
}

/** What was taxed at which rate, as tax law wants it told. */
function drawTaxes(draw: Draw): void {
  const { page, paper, locale } = draw;
  const taxes = paper.content.taxes.filter(({ rateBp }) => rateBp !== null);
  if (taxes.length === 0) return;
  const money = moneyOf(draw);
  const t = (key: TextKey) => textOf(locale, key);
  if (!page.hasRoom((paper.content.taxes.length + 1) * PAGE.row)) page.next();
  page.left(t('tax'), PAGE.left, { isQuiet: true });
  page.right(t('base'), COLUMN.price, { isQuiet: true });
  page.right(t('tax'), COLUMN.amount, { isQuiet: true });
  page.down(PAGE.row - 2);
  page.rule();
  page.down(6);
  for (const tax of paper.content.taxes) {
    page.left(nameOf(tax, draw), PAGE.left);
    page.right(money(tax.baseMinor), COLUMN.price);
    page.right(money(tax.taxMinor), COLUMN.amount);
    page.down(PAGE.row - 2);
  }
}

function nameOf({ name, rateBp, isIncluded }: TaxSum, { locale, paper }: Draw): string {
  if (rateBp === null && name === null) return textOf(locale, 'notTaxed');
  // The marketplace's own documents name the tax in the reader's language; a sale names it as the buyer was told.
  const word = paper.content.order === null ? textOf(locale, 'vat') : (name ?? textOf(locale, 'tax'));
  // Some are named with their rate: "IVA 16 %".
  const rate = rateBp === null || word.includes('%') ? word : `${word} ${formatRate(rateBp, locale)}`;
  return isIncluded ? `${rate} (${textOf(locale, 'contained')})` : rate;
}

function moneyOf({ paper, locale }: Draw): (amountMinor: number) => string {
  return (amountMinor) => formatMoney({ amountMinor, currency: paper.content.currency }, locale);
}
