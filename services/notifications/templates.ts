import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { LOCALES, type Locale, StartProblem } from '@plaza/kernel';
import type { Marketplaces } from '@plaza/kernel/marketplace';
import { parseTemplate, placeholdersOf, type Template } from './domain/template.ts';

/** Messages by name and language, per marketplace: its own files before ours. */
export type Templates = { find(marketplaceId: string, name: string, locale: Locale): Template | undefined };

/** Everything a message may name. A misspelled placeholder stops the start, not a mail. */
const KNOWN = new Set(
  'marketplace name senderName subject text link number amount storeName tracking reason title bank ending time date listings'.split(
    ' ',
  ),
);

/**
 * Reads `templates/` and each marketplace's `notifications/`, files named `<message>.<locale>.md`.
 * @throws one error that names every file that is not right
 */
export function loadTemplates(marketplaces: Marketplaces): Templates {
  const mistakes: string[] = [];
  const words = new Set(marketplaces.list().flatMap((settings) => Object.keys(Object.values(settings.words)[0] ?? {})));
  const read = (folder: string) => readFolder(folder, words, mistakes);
  const ours = read(fileURLToPath(new URL('./templates/', import.meta.url)));
  const theirs = new Map(
    marketplaces.list().map(({ id }) => [id, read(path.join(marketplaces.folderOf(id), 'notifications'))]),
  );
  if (mistakes.length > 0) throw new StartProblem(`Some notification templates are not right:\n${mistakes.join('\n')}`);
  return {
    find: (marketplaceId, name, locale) =>
      theirs.get(marketplaceId)?.get(`${name}.${locale}`) ?? ours.get(`${name}.${locale}`) ?? ours.get(`${name}.en`),
  };
}

function readFolder(folder: string, words: ReadonlySet<string>, mistakes: string[]): Map<string, Template> {
  const found = new Map<string, Template>();
  for (const file of existsSync(folder) ? readdirSync(folder).sort() : []) {
    const match = /^([a-z-]+)\.([a-z]{2})\.md$/.exec(file);
    const isNamed = match !== null && (LOCALES as readonly string[]).includes(match[2] as string);
    const template = isNamed ? parseTemplate(readFileSync(path.join(folder, file), 'utf8')) : undefined;
    if (!isNamed || template === undefined) {
      mistakes.push(`  ${path.join(folder, file)}: must be named <message>.<locale>.md and begin with a heading`);
      continue;
    }
    for (const name of placeholdersOf(template)) {
      const isKnown = name.startsWith('word.') ? words.has(name.slice(5)) : KNOWN.has(name);
      if (!isKnown) mistakes.push(`  ${path.join(folder, file)}: {${name}} is not known`);
    }
    found.set(`${match[1]}.${match[2]}`, template);
  }
  return found;
}
