import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { commonErrors } from '../errors.ts';
import type { LocalizedText } from '../localized.ts';
import { StartProblem } from '../start-problem.ts';
import { Slug } from './category.ts';
import { contradictions } from './check.ts';
import { PlacesFile } from './places.ts';
import { NO_PLANS, PlansFile } from './plans.ts';
import { NO_SEARCH_WORDS, SearchWords } from './search-words.ts';
import { CategoriesFile, MarketplaceFile, type MarketplaceSettings, type Policy, Words } from './settings.ts';
import { Theme } from './theme.ts';
import { readYaml } from './yaml.ts';

/** The marketplaces of an installation. */
export type Marketplaces = {
  /** The settings of one; MARKETPLACE_UNKNOWN when there is none of that id. */
  get(id: string): MarketplaceSettings;
  list(): readonly MarketplaceSettings[];
  /** The one that a host name stands for: one of its own hosts, or `<id>.<anything>`. A port is ignored. */
  find(host: string): MarketplaceSettings | undefined;
  /** The folder a marketplace was read from; services read their own files there, e.g. `processes/`. */
  folderOf(id: string): string;
};

/** One mistake in a marketplace's files: which file, where in it, and what would be right. */
export type Mistake = { readonly file: string; readonly path: string; readonly detail: string };

/** Every mistake found in the marketplaces' files, together, so that they are mended in one go. */
export class MarketplaceMistakes extends StartProblem {
  override readonly name = 'MarketplaceMistakes';
  readonly mistakes: readonly Mistake[];

  constructor(mistakes: readonly Mistake[]) {
    const lines = mistakes.map(({ file, path: at, detail }) => `  ${file}${at && `: ${at}`}: ${detail}`);
    super(
      `The marketplaces cannot be loaded; ${mistakes.length} mistake${mistakes.length === 1 ? '' : 's'}:\n${lines.join('\n')}`,
    );
    this.mistakes = mistakes;
  }
}

/** Reads every folder in `folder` as a marketplace. Throws `MarketplaceMistakes` with all that is wrong in any. */
export function loadMarketplaces(folder: string | URL): Marketplaces {
  const root = typeof folder === 'string' ? folder : fileURLToPath(folder);
  const mistakes: Mistake[] = [];
  const ids = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map((entry) => entry.name)
    .sort();
  if (ids.length === 0) mistakes.push({ file: root, path: '', detail: 'must hold a folder for each marketplace' });
  const loaded = ids.map((id) => loadMarketplace(root, id, mistakes));
  const settings = loaded.filter((one) => one !== undefined);
  for (const [i, one] of settings.entries()) {
    const other = settings.slice(0, i).find(({ hosts }) => hosts.some((host) => one.hosts.includes(host)));
    if (other)
      mistakes.push({
        file: `${one.id}/marketplace.yaml`,
        path: 'hosts',
        detail: `must not repeat a host of ${other.id}`,
      });
  }
  if (mistakes.length > 0) throw new MarketplaceMistakes(mistakes);
  return marketplacesOf(settings, root);
}

function marketplacesOf(settings: readonly MarketplaceSettings[], root: string): Marketplaces {
  const byId = new Map(settings.map((one) => [one.id, one]));
  const byHost = new Map(settings.flatMap((one) => one.hosts.map((host) => [host, one] as const)));
  const get = (id: string) => {
    const found = byId.get(id);
    if (!found) throw commonErrors.MARKETPLACE_UNKNOWN({});
    return found;
  };
  return {
    get,
    list: () => settings,
    find: (host) => {
      const name = host.toLowerCase().replace(/:\d+$/, '');
      return byHost.get(name) ?? byId.get(name.split('.')[0] ?? '');
    },
    folderOf: (id) => path.join(root, get(id).id),
  };
}

function loadMarketplace(root: string, id: string, mistakes: Mistake[]): MarketplaceSettings | undefined {
  const before = mistakes.length;
  const report = (file: string, at: string, detail: string) =>
    mistakes.push({ file: path.posix.join(id, file), path: at, detail });
  const read = <Schema extends z.ZodType>(file: string, schema: Schema): z.output<Schema> | undefined =>
    readSettings(path.join(root, id, file), schema, (at, detail) => report(file, at, detail));
  const readIfThere = <Schema extends z.ZodType>(file: string, schema: Schema, absent: z.output<Schema>) =>
    existsSync(path.join(root, id, file)) ? read(file, schema) : absent;

  if (!Slug.safeParse(id).success)
    report('', '', 'the folder name is the marketplace id; it must be lower-case words joined by hyphens');
  const file = read('marketplace.yaml', MarketplaceFile);
  const categories = read('categories.yaml', CategoriesFile)?.categories;
  const theme = read('theme.yaml', Theme);
  const words = Object.fromEntries(
    (file?.locales ?? []).map((locale) => [locale, read(`words/${locale}.yaml`, Words)] as const),
  ) as MarketplaceSettings['words'];
  const plans = readIfThere('plans.yaml', PlansFile, NO_PLANS);
  const search = readIfThere('search.yaml', SearchWords, NO_SEARCH_WORDS);
  const places = readIfThere('places.yaml', PlacesFile, { places: [] })?.places;
  if (!file || !categories || !theme || !plans || !search || !places || mistakes.length > before) return undefined;
  const settings: MarketplaceSettings = {
    ...file,
    id,
    words,
    theme,
    plans,
    search,
    categories,
    places,
    policies: readPolicies(path.join(root, id, 'policies'), (name, detail) => report(`policies/${name}`, '', detail)),
  };
  for (const mistake of contradictions(settings)) report(mistake.file, mistake.path, mistake.detail);
  return settings;
}

function readSettings<Schema extends z.ZodType>(
  file: string,
  schema: Schema,
  report: (at: string, detail: string) => void,
): z.output<Schema> | undefined {
  if (!existsSync(file)) {
    report('', 'must exist');
    return undefined;
  }
  const read = readYaml(readFileSync(file, 'utf8'));
  if ('mistake' in read) {
    report(`line ${read.line}, column ${read.column}`, `must be YAML: ${read.mistake}`);
    return undefined;
  }
  const parsed = schema.safeParse(read.value);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) report(z.core.toDotPath(issue.path), issue.message);
  return undefined;
}

/** Markdown files named `<name>.<locale>.md`; the first heading of each is its title. */
function readPolicies(folder: string, report: (name: string, detail: string) => void): Policy[] {
  if (!existsSync(folder)) return [];
  const policies = new Map<string, { title: LocalizedText; body: LocalizedText }>();
  for (const name of readdirSync(folder).sort()) {
    const match = /^([a-z0-9-]+)\.(en|th|es|ja)\.md$/.exec(name);
    const text = match ? readFileSync(path.join(folder, name), 'utf8').trim() : '';
    const title = /^# (.+)\n?/.exec(text);
    if (!match?.[1] || !title?.[1]) {
      report(name, match ? 'must begin with a heading: # Title' : 'must be named <policy>.<locale>.md');
      continue;
    }
    const policy = policies.get(match[1]) ?? { title: {}, body: {} };
    policies.set(match[1], {
      title: { ...policy.title, [match[2] as string]: title[1].trim() },
      body: { ...policy.body, [match[2] as string]: text.slice(title[0].length).trim() },
    });
  }
  return [...policies].map(([name, policy]) => ({ name, ...policy }));
}
