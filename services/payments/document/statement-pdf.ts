import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Currency, formatMoney } from '@plaza/kernel';
import PDFDocument from 'pdfkit';
import type { Statement, StatementLine } from '../contract.ts';
import { fontFor, piecesOf, type Script } from './fonts.ts';
import { kindOf, type TextKey, textOf } from './texts.ts';

/** In points (1/72 inch) on A4, 595 × 842. */
const MARGIN = 50;
const RIGHT = 545;
const BOTTOM = 770;
const ROW = 18;
const SIZE = 9;
const TITLE_SIZE = 20;
const INK = '#1a1a1a';
const QUIET = '#666666';
/** Where the columns of amounts end, and where the one of words begins. */
const COLUMN = { time: MARGIN, what: 190, amount: 430, balance: RIGHT };

export type StatementPaper = {
  readonly statement: Omit<Statement, 'items' | 'nextCursor'>;
  readonly lines: AsyncIterable<StatementLine>;
  readonly storeId: string;
  readonly locale: string;
  readonly timeZone: string;
};

/** A statement to be read, page by page as its lines come. */
export function statementPdf(paper: StatementPaper): NodeJS.ReadableStream {
  const { statement, locale } = paper;
  const title = `${textOf(locale, 'statement')} ${statement.fromTime.slice(0, 10)}`;
  const document = new PDFDocument({
    size: 'A4',
    margin: MARGIN,
    lang: locale,
    displayTitle: true,
    info: { Title: title },
  });
  void write(new Page(document, locale), paper).then(
    () => document.end(),
    (error: unknown) => document.destroy(error as Error),
  );
  return document;
}

async function write(page: Page, { statement, lines, storeId, locale, timeZone }: StatementPaper): Promise<void> {
  const { currency } = statement;
  const money = (amountMinor: number) => formatMoney({ amountMinor, currency: currency as Currency }, locale);
  const dates = new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'medium' });
  const times = new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'medium', timeStyle: 'short' });
  const t = (key: TextKey) => textOf(locale, key);

  page.left(t('statement'), MARGIN, { size: TITLE_SIZE });
  page.down(36);
  // The period ends before `toTime`: its last day is that of the moment before.
  const lastMoment = new Date(Date.parse(statement.toTime) - 1);
  const facts: [string, string][] = [
    [t('store'), storeId],
    [t('period'), `${dates.format(new Date(statement.fromTime))} – ${dates.format(lastMoment)}`],
    [t('currency'), currency],
    [t('opening'), money(statement.openingMinor)],
    [t('in'), money(statement.inMinor)],
    [t('out'), money(statement.outMinor)],
    [t('closing'), money(statement.closingMinor)],
  ];
  for (const [name, value] of facts) {
    page.left(name, COLUMN.time, { color: QUIET });
    page.left(value, COLUMN.what);
    page.down(ROW);
  }
  const head = () => {
    page.down(ROW / 2);
    page.left(t('time'), COLUMN.time, { color: QUIET });
    page.left(t('what'), COLUMN.what, { color: QUIET });
    page.right(t('amount'), COLUMN.amount, { color: QUIET });
    page.right(t('balance'), COLUMN.balance, { color: QUIET });
    page.down(ROW);
  };
  head();
  for await (const line of lines) {
    if (page.isFull) {
      page.next();
      // Setting a page takes some 50 ms; others' requests have their turn in between.
      await nextTurn();
      head();
    }
    page.left(times.format(new Date(line.createdTime)), COLUMN.time);
    page.left(kindOf(locale, line.kind), COLUMN.what);
    page.right(money(line.amount.amountMinor), COLUMN.amount);
    page.right(money(line.balanceAfterMinor), COLUMN.balance);
    page.down(ROW);
  }
  page.end();
}

type Style = { readonly size?: number; readonly color?: string };

/** The page being written, from the top down; each text in the fonts its scripts need. */
class Page {
  readonly #document: PDFKit.PDFDocument;
  readonly #locale: string;
  readonly #registered = new Set<Script>();
  #y = MARGIN;
  #number = 1;

  constructor(document: PDFKit.PDFDocument, locale: string) {
    this.#document = document;
    this.#locale = locale;
  }

  get isFull(): boolean {
    return this.#y + ROW > BOTTOM;
  }

  down(points: number): void {
    this.#y += points;
  }

  left(text: string, x: number, style: Style = {}): void {
    this.#draw(text, x, style);
  }

  /** Ends at `x`, so that amounts stand below one another. */
  right(text: string, x: number, style: Style = {}): void {
    this.#draw(text, x - this.#widthOf(text, style), style);
  }

  next(): void {
    this.end();
    this.#document.addPage();
    this.#number++;
    this.#y = MARGIN;
  }

  end(): void {
    this.#y = BOTTOM;
    this.right(textOf(this.#locale, 'page').replace('{page}', String(this.#number)), RIGHT, { color: QUIET });
  }

  #draw(text: string, x: number, style: Style): void {
    let at = x;
    const pieces = piecesOf(text);
    // Fonts differ in height, so that all stand on one line instead of hanging from one.
    const baseline = this.#y + (style.size ?? SIZE);
    for (const piece of pieces) {
      this.#use(piece.script, style);
      this.#document.text(piece.text, at, baseline, { lineBreak: false, baseline: 'alphabetic' });
      // Measuring costs as much as drawing, and behind the last piece nothing stands.
      if (piece !== pieces.at(-1)) at += this.#document.widthOfString(piece.text);
    }
  }

  #widthOf(text: string, style: Style): number {
    return piecesOf(text).reduce((width, piece) => {
      this.#use(piece.script, style);
      return width + this.#document.widthOfString(piece.text);
    }, 0);
  }

  #use(script: Script, { size = SIZE, color = INK }: Style): void {
    if (!this.#registered.has(script)) {
      this.#document.registerFont(script, fontFor(script));
      this.#registered.add(script);
    }
    this.#document.font(script).fontSize(size).fillColor(color);
  }
}
