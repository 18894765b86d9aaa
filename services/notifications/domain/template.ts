/** The text of one message in one language: a heading, and what follows it. */
export type Template = { readonly subject: string; readonly text: string };

/** What may stand in braces. `word.…` are the marketplace's own words. */
export type Values = Readonly<Record<string, string>>;

const PLACEHOLDER = /\{([a-zA-Z]+(?:\.[a-zA-Z]+)?)\}/g;

/** Reads a template file: `# heading`, an empty line, the text. Undefined when it has no heading. */
export function parseTemplate(file: string): Template | undefined {
  const match = /^# (.+)\n([\s\S]*)$/.exec(file.trim());
  if (match === null) return undefined;
  return { subject: (match[1] as string).trim(), text: (match[2] as string).trim() };
}

/** The names in braces of a template. */
export function placeholdersOf({ subject, text }: Template): string[] {
  return [...`${subject}\n${text}`.matchAll(PLACEHOLDER)].map((match) => match[1] as string);
}

/** Fills a template. A value that is not known here is left out, and the space before it with it. */
export function fill({ subject, text }: Template, values: Values): Template {
  const fillIn = (pattern: string) =>
    pattern
      .replace(PLACEHOLDER, (_, name: string) => values[name] ?? '')
      .replace(/[ \t]+$/gm, '')
      .trim();
  return { subject: fillIn(subject).replace(/\s+/g, ' '), text: fillIn(text) };
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A mail's text as HTML: everything escaped, paragraphs and lines kept, lines that are links of our own made such. */
export function htmlOf(text: string, links: readonly string[]): string {
  const escaped = (plain: string) => plain.replace(/[&<>"']/g, (character) => ENTITIES[character] as string);
  const shown = (line: string) =>
    links.includes(line) ? `<a href="${escaped(line)}">${escaped(line)}</a>` : escaped(line);
  return text
    .split(/\n{2,}/)
    .map((paragraph) => `<p>${paragraph.split('\n').map(shown).join('<br>')}</p>`)
    .join('\n');
}
