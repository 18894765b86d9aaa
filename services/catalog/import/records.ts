import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import type { ImportFailureCode } from './contract.ts';

/** A row of a CSV by column name, with the line it begins on. */
export type CsvRecord = { readonly row: number; readonly values: Readonly<Record<string, string>> };

/** A file that cannot be read as what it should be. Its message is for the person who gave the file. */
export class UnreadableFile extends Error {
  override readonly name = 'UnreadableFile';
  readonly code: ImportFailureCode;

  constructor(code: ImportFailureCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** Longest row: a description of 50,000 characters with room for the rest. */
const RECORD_BYTES_MAX = 2_000_000;

/**
 * Rows of a CSV, one at a time: RFC 4180 with what real files have besides (a byte order mark, rows too short or too
 * long, quotes inside unquoted fields, `;` or tabs between fields).
 */
export async function* csvRecords(
  source: Readable,
  onColumns: (columns: readonly string[]) => void = () => {},
): AsyncGenerator<CsvRecord> {
  const { head, rest } = await peek(source, 64_000);
  let columns: string[] = [];
  const parser = parse({
    bom: true,
    columns: (header: string[]) => {
      columns = header.map((name) => name.trim());
      onColumns(columns);
      // A repeated column would overwrite the first: it gets a name of its own that nothing asks for.
      return columns.map((name, i) => (columns.indexOf(name) === i ? name : `${name} (${i + 1})`));
    },
    delimiter: delimiterOf(head.toString('utf8')),
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    info: true,
    max_record_size: RECORD_BYTES_MAX,
  });
  const failing = rest.on('error', (error) => parser.destroy(error)).pipe(parser);
  // csv-parse counts the lines read so far; a record begins where the one before it ended.
  let previousLine = 1;
  try {
    for await (const { record, info } of failing as AsyncIterable<{
      record: Record<string, string>;
      info: { lines: number };
    }>) {
      yield { row: previousLine + 1, values: record };
      previousLine = info.lines;
    }
  } catch (error) {
    throw unreadable(error);
  }
}

/** What stands between fields: the most frequent candidate of the header. */
function delimiterOf(head: string): string {
  const header = (head.split(/\r?\n/, 1)[0] ?? '').replace(/"[^"]*"/g, '');
  const count = (candidate: string) => header.split(candidate).length;
  return [',', ';', '\t'].reduce((best, candidate) => (count(candidate) > count(best) ? candidate : best));
}

/** JSON values of a file with one a line, or of one array, or of the array in `{ "products": […] }`. */
export async function* jsonRecords(source: Readable): AsyncGenerator<{ row: number; value: unknown }> {
  let depth = 0;
  let base = 0;
  let isInText = false;
  let isEscaped = false;
  let hasBegun = false;
  /** Behind the list: totals and the like, which nobody asked for. */
  let isOver = false;
  let line = 1;
  let startLine = 1;
  let parts: string[] = [];
  let size = 0;
  source.setEncoding('utf8');
  for await (const chunk of source as AsyncIterable<string>) {
    let from = depth > base ? 0 : -1;
    for (let i = 0; i < chunk.length; i++) {
      const character = chunk.charCodeAt(i);
      if (character === 10) line++;
      if (isInText) {
        if (isEscaped) isEscaped = false;
        else if (character === 92) isEscaped = true;
        else if (character === 34) isInText = false;
        continue;
      }
      if (character === 34) isInText = true;
      else if (character === 123) {
        if (depth === base && !isOver) {
          from = i;
          startLine = line;
        }
        depth++;
      } else if (character === 91) {
        // An array before any value holds the values; so does one that an object begins with.
        if (!hasBegun && depth <= 1 && isWrapper(depth, parts.join('') + chunk.slice(Math.max(0, from), i))) {
          base = depth + 1;
          from = -1;
          parts = [];
          size = 0;
        }
        depth++;
      } else if (character === 125 || character === 93) {
        depth--;
        if (depth < base) {
          base = depth;
          isOver = true;
        }
        if (character === 125 && depth === base && from >= 0 && !isOver) {
          const text = parts.join('') + chunk.slice(from, i + 1);
          parts = [];
          size = 0;
          from = -1;
          hasBegun = true;
          yield { row: startLine, value: parseValue(text, startLine) };
        }
      } else if (depth === base && !isOver && !isSpacing(character)) {
        throw new UnreadableFile('json', `Line ${line} is not JSON: it begins with “${chunk.slice(i, i + 20)}”.`);
      }
    }
    if (depth > base && from >= 0 && !isOver) {
      parts.push(chunk.slice(from));
      size += chunk.length - from;
      if (size > RECORD_BYTES_MAX)
        throw new UnreadableFile('json', `The value that begins on line ${startLine} is too long.`);
    }
  }
  if (depth !== 0)
    throw new UnreadableFile('json', `The file ends in the middle of the value that begins on line ${startLine}.`);
}

/** Whether the `[` at `at` opens the list of products: at the top, or as the value of a wrapping object's first field. */
function isWrapper(depth: number, before: string): boolean {
  return depth === 0 || /^\{\s*"(products|listings|items)"\s*:\s*$/.test(before);
}

function isSpacing(character: number): boolean {
  return character <= 32 || character === 44 || character === 0xfeff;
}

function parseValue(text: string, line: number): unknown {
  try {
    return JSON.parse(text, UNSTORABLE.test(text) ? storable : undefined);
  } catch (error) {
    throw new UnreadableFile('json', `Line ${line} is not JSON: ${(error as Error).message}.`);
  }
}

/** Escapes of what PostgreSQL keeps in no text: the character 0, halves of characters. */
const UNSTORABLE = /\\u(0000|d[89a-f])/i;

function storable(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll('\0', '').toWellFormed() : value;
}

function unreadable(error: unknown): Error {
  if (error instanceof UnreadableFile) return error;
  const { message, code } = error as { message: string; code?: string };
  return code?.startsWith('CSV_') === true
    ? new UnreadableFile('csv', `The file is not CSV: ${message}`)
    : (error as Error);
}

/** The beginning of a stream, and the whole stream again. */
export async function peek(source: Readable, length: number): Promise<{ head: Buffer; rest: Readable }> {
  const chunks: Buffer[] = [];
  let size = 0;
  const iterator = source[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let isDone = false;
  while (size < length && !isDone) {
    const { value, done } = await iterator.next();
    if (done === true) isDone = true;
    else {
      chunks.push(Buffer.from(value));
      size += value.length;
    }
  }
  async function* whole(): AsyncGenerator<Buffer> {
    yield* chunks;
    for (;;) {
      if (isDone) return;
      const { value, done } = await iterator.next();
      if (done === true) return;
      yield Buffer.from(value);
    }
  }
  return {
    head: Buffer.concat(chunks).subarray(0, length),
    rest: Readable.from(whole(), { objectMode: false }),
  };
}
