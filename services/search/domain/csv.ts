import { isFormula } from '@plaza/kernel';

/** A formula, or what stands for one here: with apostrophes before it. */
const isGuarded = (text: string): boolean => isFormula(text.replace(/^'+/, ''));

/**
 * Rows as lines of CSV (RFC 4180); quoted only where it must be. Strangers typed some of the texts and operators open
 * the file in a spreadsheet: a text that would be a formula gets an apostrophe before it, which `plainOf` takes away.
 */
export function csvLines(rows: readonly (readonly (string | number)[])[]): string {
  const cellOf = (value: string | number): string => {
    const text = typeof value === 'string' && isGuarded(value) ? `'${value}` : String(value);
    return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return rows.map((row) => `${row.map(cellOf).join(',')}\r\n`).join('');
}

/** A cell as it was before `csvLines`. */
export function plainOf(cell: string): string {
  return cell.startsWith("'") && isGuarded(cell) ? cell.slice(1) : cell;
}
