/** Rows as lines of CSV (RFC 4180); quoted only where it must be. */
export function csvLines(rows: readonly (readonly (string | number)[])[]): string {
  const quoted = (value: string | number): string =>
    /[",\n\r]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value);
  return rows.map((row) => `${row.map(quoted).join(',')}\r\n`).join('');
}
