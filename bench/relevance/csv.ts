import { csvLines, plainOf } from '../../services/search/domain/csv.ts';

/** Rows of a CSV by column name in lower case (RFC 4180; tabs instead of commas when the header has them). */
export function csvRows(text: string): Record<string, string>[] {
  const header = text.slice(0, text.search(/\r?\n|$/));
  const delimiter = header.includes('\t') ? '\t' : ',';
  const rows: string[][] = [];
  let row: string[] = [];
  let field = '';
  let isQuoted = false;
  for (let i = text.charCodeAt(0) === 0xfeff ? 1 : 0; i < text.length; i++) {
    const character = text[i] as string;
    if (isQuoted) {
      if (character !== '"') field += character;
      else if (text[i + 1] === '"') field += text[++i];
      else isQuoted = false;
    } else if (character === '"' && field === '') isQuoted = true;
    else if (character === delimiter) {
      row.push(field);
      field = '';
    } else if (character === '\n') {
      row.push(field.replace(/\r$/, ''));
      rows.push(row);
      row = [];
      field = '';
    } else field += character;
  }
  if (field !== '' || row.length > 0) rows.push([...row, field]);
  const [columns = [], ...values] = rows;
  const names = columns.map((name) => name.trim().toLowerCase());
  return values
    .filter((each) => each.length > 1 || each[0] !== '')
    .map((each) => Object.fromEntries(names.map((name, i) => [name, plainOf(each[i] ?? '')])));
}

/** A table as CSV. */
export function csvOf(columns: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return csvLines([columns, ...rows]);
}
