/** Begins a formula where a spreadsheet opens a CSV (CWE-1236, https://owasp.org/www-community/attacks/CSV_Injection). */
const FORMULA = /^\s*[=+\-@\t\r|%＝＋－＠]/;

/** Whether a spreadsheet would run a cell instead of showing it. */
export function isFormula(cell: string): boolean {
  return FORMULA.test(cell);
}

/** A cell that shows what it says: with an apostrophe before what would be a formula. */
export function harmlessCell(cell: string): string {
  return isFormula(cell) ? `'${cell}` : cell;
}
