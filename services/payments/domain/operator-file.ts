import { type FieldError, fieldErrorsOf, invalidInput, whatWouldBeRight } from '@plaza/kernel';
import { parse } from 'csv-parse/sync';
import type { z } from 'zod';

/** Mistakes told at once; who has more has the wrong file. */
const MISTAKES_MAX = 20;

/** What is wrong with a cell, apart from where it stands. */
export type CellMistake = Pick<FieldError, 'code' | 'detail' | 'limit' | 'choices'> & {
  readonly column?: string | undefined;
};

type FileRules<Row, Line> = {
  /** The field that the file came in. */
  readonly pointer: string;
  readonly columns: readonly string[];
  readonly row: z.ZodType<Row>;
  /** What a row that has the right form says, or what is wrong with it; undefined passes over it. */
  readonly lineOf: (row: Row) => Line | { readonly mistake: CellMistake } | undefined;
};

/**
 * Reads a file that an operator has from a bank or a provider: CSV, whatever stands between its cells. It is taken whole or
 * not at all.
 * @throws INVALID_INPUT with line and column of each mistake
 */
export function readOperatorFile<Row, Line extends object>(text: string, rules: FileRules<Row, Line>): Line[] {
  const { pointer, columns, row, lineOf } = rules;
  const { header, rows } = parsed(text, pointer);
  const missing = columns.filter((column) => !header.includes(column));
  if (missing.length > 0)
    throw refusal(
      pointer,
      missing.map((column) => ({ line: 1, column, code: 'column_missing', detail: 'there is no such column' })),
    );
  const mistakes: (CellMistake & { line: number })[] = [];
  const lines = rows.flatMap(({ record, info }): Line[] => {
    const formed = row.safeParse(record, { error: whatWouldBeRight });
    const found = formed.success ? lineOf(formed.data) : undefined;
    if (found !== undefined && !('mistake' in found)) return [found];
    const wrong = formed.success ? (found?.mistake ?? []) : cellMistakesOf(formed.error);
    mistakes.push(...[wrong].flat().map((mistake) => ({ ...mistake, line: info.lines })));
    return [];
  });
  if (mistakes.length > 0) throw refusal(pointer, mistakes.slice(0, MISTAKES_MAX));
  return lines;
}

type Parsed = {
  readonly header: readonly string[];
  readonly rows: readonly { readonly record: Record<string, string>; readonly info: { readonly lines: number } }[];
};

function parsed(text: string, pointer: string): Parsed {
  let header: string[] = [];
  const columns = (names: string[]) => {
    header = names;
    return names;
  };
  try {
    const delimiter = delimiterOf(text);
    const options = { bom: true, columns, delimiter, info: true, skip_empty_lines: true, trim: true } as const;
    return { rows: parse(text, { ...options, relax_column_count_less: true }) as never, header };
  } catch (cause) {
    const { lines = 1, code } = cause as { lines?: number; code?: string };
    const hasMore = code === 'CSV_RECORD_INCONSISTENT_COLUMNS';
    const detail = hasMore ? 'has more cells than the first line' : 'cannot be read as CSV';
    throw refusal(pointer, [{ line: lines, code: hasMore ? 'cells' : 'csv', detail }]);
  }
}

/** Spreadsheets of many countries write semicolons, or tabs: what the first line has. */
function delimiterOf(text: string): string {
  const [header = ''] = text.trimStart().split(/\r?\n/, 1);
  return [',', ';', '\t'].find((each) => header.includes(each)) ?? ',';
}

function cellMistakesOf(error: z.ZodError): CellMistake[] {
  return fieldErrorsOf(error).map(({ pointer, ...mistake }) => ({ ...mistake, column: pointer.slice(1) || undefined }));
}

function refusal(pointer: string, mistakes: readonly (CellMistake & { readonly line: number })[]) {
  return invalidInput(
    mistakes.map(({ line, column, detail, ...kind }) => ({
      ...kind,
      pointer,
      detail: `line ${line}${column === undefined ? '' : `, ${column}`}: ${detail}`,
      at: { line, ...(column === undefined ? {} : { column }) },
    })),
  );
}
