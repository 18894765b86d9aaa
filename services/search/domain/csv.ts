/** Begins a formula in a spreadsheet (https://owasp.org/www-community/attacks/CSV_Injection), or what stands for it here. */
const RISKY = /^'*\s*[=+\-@\t\r|%＝＋－＠]/;

/**
 * Rows as lines of CSV (RFC 4180); quoted only where it must be. Strangers typed some of the texts and operators open
 * the file in a spreadsheet: a text that would be a formula gets an apostrophe before it, which `plainOf` takes away.
 */
export function csvLines(rows: readonly (readonly (string | number)[])[]): string {
  const cellOf = (value: string | number): string => {
    const text = typeof value === 'string' && RISKY.test(value) ? `'${value}` : String(value);
    return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return rows.map((row) => `${row.map(cellOf).join(',')}\r\n`).join('');
}

/** A cell as it was before `csvLines`. */
export function plainOf(cell: string): string {
  return cell.startsWith("'") && RISKY.test(cell) ? cell.slice(1) : cell;
}
