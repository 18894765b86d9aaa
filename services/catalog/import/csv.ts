/** A row of a CSV: its cells, and the line of the file it begins on. */
export type CsvRow = { readonly line: number; readonly cells: readonly string[] };

/** A file that is no CSV. */
export class BrokenCsv extends Error {
  override readonly name = 'BrokenCsv';
}

const BYTE_ORDER_MARK = Buffer.from('\ufeff');
const QUOTE = 34;
const LINE_FEED = 10;
const RETURN = 13;

type Cell = { readonly text: string; readonly end: number };

/**
 * Cuts a CSV in UTF-8 into rows as its bytes come in: RFC 4180, and as tolerant of quotes as spreadsheets are. A quote within a
 * cell that does not begin with one is part of it; so is a closing quote that no cell ends behind. Lines may end by
 * `\n` or `\r\n`, or with `endsByReturn` by `\r`; empty ones are left out. An import spends a tenth of the time here that
 * a general parser takes, which was the largest part of reading a file. Bytes and not text, because a part of a text
 * keeps the whole text in memory: who remembers a handle would remember the file.
 */
export class CsvCutter {
  readonly #delimiter: number;
  readonly #endsByReturn: boolean;
  readonly #bytesMax: number;
  /** The beginning of a row whose end has not come yet. */
  #rest: Buffer = Buffer.alloc(0);
  #line = 1;

  /** `bytesMax`: of the longest row. */
  constructor({ delimiter, endsByReturn, bytesMax }: { delimiter: string; endsByReturn: boolean; bytesMax: number }) {
    this.#delimiter = delimiter.charCodeAt(0);
    this.#endsByReturn = endsByReturn;
    this.#bytesMax = bytesMax;
  }

  /** The rows that are complete now. `isLast`: nothing comes behind this piece. */
  cut(piece: Buffer, { isLast }: { isLast: boolean }): CsvRow[] {
    const joined = this.#rest.length === 0 ? piece : Buffer.concat([this.#rest, piece]);
    const isBeginning = this.#line === 1 && joined.indexOf(BYTE_ORDER_MARK) === 0;
    const text = isBeginning ? joined.subarray(BYTE_ORDER_MARK.length) : joined;
    const rows: CsvRow[] = [];
    let at = 0;
    while (at < text.length) {
      const cells: string[] = [];
      const end = this.#readRow(text, at, cells, isLast);
      if (end === undefined) break;
      const isEmpty = cells.length === 1 && cells[0] === '' && text[at] !== QUOTE;
      if (!isEmpty) rows.push({ line: this.#line, cells });
      this.#line += this.#linesIn(text, at, end);
      at = end;
    }
    this.#rest = text.subarray(at);
    if (this.#rest.length > this.#bytesMax)
      throw new BrokenCsv(`the row that begins on line ${this.#line} is longer than ${this.#bytesMax} bytes`);
    return rows;
  }

  /** Where the next row begins; undefined when this one may go on in the next piece. */
  #readRow(text: Buffer, from: number, cells: string[], isLast: boolean): number | undefined {
    for (let at = from; ; at++) {
      const cell = text[at] === QUOTE ? this.#readQuoted(text, at, isLast) : this.#readPlain(text, at);
      if (cell === undefined) return undefined;
      cells.push(cell.text);
      at = cell.end;
      if (at >= text.length) return isLast ? at : undefined;
      const code = text[at];
      if (code === this.#delimiter) continue;
      if (code === LINE_FEED) return at + 1;
      if (at + 1 === text.length && !isLast) return undefined;
      return text[at + 1] === LINE_FEED ? at + 2 : at + 1;
    }
  }

  #readPlain(text: Buffer, from: number): Cell {
    let end = from;
    while (end < text.length && !this.#endsCell(text, end)) end++;
    return { text: text.toString('utf8', from, end), end };
  }

  #readQuoted(text: Buffer, at: number, isLast: boolean): Cell | undefined {
    let cell = '';
    for (let from = at + 1; ; ) {
      const quote = text.indexOf(QUOTE, from);
      if (quote < 0 && isLast) throw new BrokenCsv(`a quote that is opened on line ${this.#line} is never closed`);
      // What follows decides what the quote is; a \r needs one more character.
      const isUndecided = quote < 0 || quote + 1 === text.length || this.#isLastReturn(text, quote + 1);
      if (isUndecided && !isLast) return undefined;
      const next = quote + 1;
      if (text[next] === QUOTE) {
        cell += text.toString('utf8', from, next);
        from = next + 1;
        continue;
      }
      if (next === text.length || this.#endsCell(text, next))
        return { text: cell + text.toString('utf8', from, quote), end: next };
      const more = this.#readPlain(text, next);
      return { text: `"${cell}${text.toString('utf8', from, next)}${more.text}`, end: more.end };
    }
  }

  #isLastReturn(text: Buffer, at: number): boolean {
    return at + 1 === text.length && text[at] === RETURN;
  }

  #endsCell(text: Buffer, at: number): boolean {
    const code = text[at];
    if (code === this.#delimiter || code === LINE_FEED) return true;
    return code === RETURN && (this.#endsByReturn || text[at + 1] === LINE_FEED);
  }

  #linesIn(text: Buffer, from: number, end: number): number {
    const mark = this.#endsByReturn ? RETURN : LINE_FEED;
    let count = 0;
    for (let at = text.indexOf(mark, from); at >= 0 && at < end; at = text.indexOf(mark, at + 1)) count++;
    return count;
  }
}
