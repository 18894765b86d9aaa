import PDFDocument from 'pdfkit';
import { fontFor, piecesOf, type Script } from './fonts.ts';
import { linesOf } from './wrap.ts';

/** In points (1/72 inch) on A4, 595 × 842. */
export const PAGE = { left: 50, right: 545, top: 50, bottom: 770, row: 18, size: 9, titleSize: 20 } as const;
const INK = '#1a1a1a';
const QUIET = '#666666';
const RULE = '#c8c8c8';

export type Style = { readonly size?: number; readonly isQuiet?: boolean };

/**
 * Draws a PDF as a stream. The same drawing at the same `time` makes the same bytes: nothing else of the moment, and no
 * random number, goes into the file. A drawing that fails destroys the stream.
 */
export function drawPdf(
  about: {
    readonly title: string;
    readonly locale: string;
    readonly time: Date;
    /** `Page {page}` in the reader's language. */
    readonly pageLabel: string;
  },
  draw: (page: Page) => Promise<void> | void,
): NodeJS.ReadableStream {
  const { title, locale, time, pageLabel } = about;
  const document = new PDFDocument({
    size: 'A4',
    margin: PAGE.left,
    lang: locale,
    displayTitle: true,
    info: { Title: title, CreationDate: time },
  });
  const page = new Page(document, locale, pageLabel);
  void (async () => {
    await draw(page);
    page.end();
  })().then(
    () => document.end(),
    (error: unknown) => document.destroy(error as Error),
  );
  return document;
}

/** The page being written, from the top down; each text in the fonts its scripts need. */
export class Page {
  readonly #document: PDFKit.PDFDocument;
  readonly #locale: string;
  readonly #pageLabel: string;
  readonly #registered = new Set<Script>();
  #y: number = PAGE.top;
  #number = 1;

  constructor(document: PDFKit.PDFDocument, locale: string, pageLabel: string) {
    this.#document = document;
    this.#locale = locale;
    this.#pageLabel = pageLabel;
  }

  /** Whether so many points still fit. */
  hasRoom(points: number): boolean {
    return this.#y + points <= PAGE.bottom;
  }

  /** How far down the page it is written. */
  get y(): number {
    return this.#y;
  }

  down(points: number): void {
    this.#y += points;
  }

  /** Goes to a height of this page, to write a second column beside a first. */
  moveTo(y: number): void {
    this.#y = y;
  }

  left(text: string, x: number, style: Style = {}): void {
    this.#draw(text, x, style);
  }

  /** Ends at `x`, so that amounts stand below one another. */
  right(text: string, x: number, style: Style = {}): void {
    this.#draw(text, x - this.#widthOf(text, style), style);
  }

  /** A text in as many lines as it needs. Answers how many points they took; the page stands where it stood. */
  block(text: string, x: number, width: number, style: Style = {}): number {
    const from = this.#y;
    const height = (style.size ?? PAGE.size) + 4;
    for (const line of linesOf(text, this.#locale, width, (part) => this.#widthOf(part, style))) {
      this.left(line, x, style);
      this.down(height);
    }
    const taken = this.#y - from;
    this.#y = from;
    return taken;
  }

  /** How many points `block` would take. */
  heightOf(text: string, width: number, style: Style = {}): number {
    const lines = linesOf(text, this.#locale, width, (part) => this.#widthOf(part, style));
    return lines.length * ((style.size ?? PAGE.size) + 4);
  }

  /** A line across, from `x` to the right margin. */
  rule(x: number = PAGE.left): void {
    this.#document.moveTo(x, this.#y).lineTo(PAGE.right, this.#y).lineWidth(0.5).stroke(RULE);
  }

  next(): void {
    this.end();
    this.#document.addPage();
    this.#number++;
    this.#y = PAGE.top;
  }

  /** Numbers the page. */
  end(): void {
    this.#y = PAGE.bottom;
    this.right(this.#pageLabel.replace('{page}', String(this.#number)), PAGE.right, { isQuiet: true });
  }

  #draw(text: string, x: number, style: Style): void {
    let at = x;
    const pieces = piecesOf(text);
    // Fonts differ in height, so that all stand on one line instead of hanging from one.
    const baseline = this.#y + (style.size ?? PAGE.size);
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

  #use(script: Script, { size = PAGE.size, isQuiet = false }: Style): void {
    if (!this.#registered.has(script)) {
      this.#document.registerFont(script, fontFor(script));
      this.#registered.add(script);
    }
    this.#document
      .font(script)
      .fontSize(size)
      .fillColor(isQuiet ? QUIET : INK);
  }
}
