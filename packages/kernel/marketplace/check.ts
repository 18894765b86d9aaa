import { LOCALES } from '../localized.ts';
import { attributesOf, flattenCategories } from './category.ts';
import { placeMistakes } from './places.ts';
import { planMistakes } from './plans.ts';
import type { MarketplaceSettings } from './settings.ts';
import { unreadablePairs } from './theme.ts';

type Contradiction = { readonly file: string; readonly path: string; readonly detail: string };

/** What a schema of one file cannot see: names that lead nowhere, texts that lack a language, unreadable colors. */
export function contradictions(settings: MarketplaceSettings): Contradiction[] {
  return [
    ...untranslated(settings),
    ...categoryMistakes(settings),
    ...ruleMistakes(settings),
    ...placeMistakes(settings.places).map((found) => ({ file: 'places.yaml', ...found })),
    ...planMistakes(settings.plans).map((found) => ({ file: 'plans.yaml', ...found })),
    ...unreadablePairs(settings.theme).map((detail) => ({ file: 'theme.yaml', path: '', detail })),
  ];
}

function untranslated(settings: MarketplaceSettings): Contradiction[] {
  const { words, theme, categories, places, policies, plans, ...rest } = settings;
  return [
    ...missingLocales(rest, settings.locales).map((found) => ({ file: 'marketplace.yaml', ...found })),
    ...missingLocales({ categories }, settings.locales).map((found) => ({ file: 'categories.yaml', ...found })),
    ...missingLocales({ places }, settings.locales).map((found) => ({ file: 'places.yaml', ...found })),
    ...missingLocales(plans, settings.locales).map((found) => ({ file: 'plans.yaml', ...found })),
    ...policies.flatMap(({ name, title }) =>
      settings.locales
        .filter((locale) => title[locale] === undefined)
        .map((locale) => ({ file: `policies/${name}.${locale}.md`, path: '', detail: 'must exist' })),
    ),
  ];
}

/** Texts by language anywhere in `value` that lack one of `locales`. */
function missingLocales(value: unknown, locales: readonly string[], at = ''): { path: string; detail: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  const entries = Object.entries(value);
  const isText = entries.length > 0 && entries.every(([key, text]) => isLocale(key) && typeof text === 'string');
  if (isText) {
    const missing = locales.filter((locale) => !(locale in value));
    return missing.length === 0 ? [] : [{ path: at, detail: `must also be given in ${missing.join(', ')}` }];
  }
  return entries.flatMap(([key, child]) => {
    const step = Array.isArray(value) ? `[${key}]` : at === '' ? key : `.${key}`;
    return missingLocales(child, locales, at + step);
  });
}

function isLocale(key: string): boolean {
  return (LOCALES as readonly string[]).includes(key);
}

function categoryMistakes({ categories, listingKinds }: MarketplaceSettings): Contradiction[] {
  const all = flattenCategories(categories);
  const seen = new Set<string>();
  return all.flatMap(({ id, kinds }) => {
    const found: Contradiction[] = [];
    const report = (detail: string) => found.push({ file: 'categories.yaml', path: id, detail });
    if (seen.has(id)) report('must be an id no other category has');
    seen.add(id);
    const keys = attributesOf(categories, id).map(({ key }) => key);
    const repeated = keys.find((key, i) => keys.indexOf(key) !== i);
    if (repeated !== undefined) report(`must name each attribute once; "${repeated}" is repeated here or above`);
    const foreign = kinds?.find((kind) => !listingKinds.includes(kind));
    if (foreign) report(`must only allow kinds of the marketplace (${listingKinds.join(', ')}), not ${foreign}`);
    return found;
  });
}

function ruleMistakes(settings: MarketplaceSettings): Contradiction[] {
  const found: Contradiction[] = [];
  const report = (path: string, detail: string) => found.push({ file: 'marketplace.yaml', path, detail });
  const ids = new Set(flattenCategories(settings.categories).map(({ id }) => id));
  for (const list of ['tax', 'commission'] as const) {
    for (const [i, { category }] of settings[list].entries()) {
      if (category !== undefined && !ids.has(category))
        report(`${list}[${i}].category`, `must be an id of categories.yaml, not "${category}"`);
    }
  }
  const last = settings.commission.at(-1);
  if (last && (last.category ?? last.store ?? last.kind ?? last.fromMinor) !== undefined)
    report('commission', 'must end with a rule without conditions, so that every sale has one');
  for (const kind of settings.listingKinds) {
    if (!settings.processes[kind]) report(`processes.${kind}`, `must be given: listings of kind ${kind} are allowed`);
  }
  if (settings.features.offers && !settings.processes.offer)
    report('processes.offer', 'must be given: features.offers is on');
  if (settings.listingKinds.includes('physical') && settings.shipping.methods.length === 0)
    report('shipping.methods', 'must name at least one: physical listings are allowed');
  if (settings.listingKinds.includes('digital') && settings.licenses.length === 0)
    report('licenses', 'must name at least one: digital listings are allowed');
  for (const [i, { kind, cash }] of settings.paymentMethods.entries()) {
    if ((kind === 'cash') !== (cash !== undefined))
      report(`paymentMethods[${i}].cash`, 'must be given if, and only if, the kind is cash');
  }
  if (settings.paymentMethods.some(({ kind }) => kind === 'cash') && !settings.processes.cashOnDelivery)
    report('processes.cashOnDelivery', 'must be given: a payment method is paid at the door');
  for (const detail of walletMistakes(settings)) report('wallet.limits', detail);
  for (const [path, list] of [
    ['conditions', settings.conditions],
    ['licenses', settings.licenses],
    ['paymentMethods', settings.paymentMethods],
    ['shipping.methods', settings.shipping.methods],
    ['shipping.carriers', settings.shipping.carriers],
    ['shipping.meetUp.safePoints', settings.shipping.meetUp.safePoints],
  ] as const) {
    const repeated = list.find(({ id }, i) => list.findIndex((other) => other.id === id) !== i);
    if (repeated) report(path, `must name each id once; "${repeated.id}" is repeated`);
  }
  return found;
}

/** Whoever has shown more may do as much at least, and a top-up must be possible for those who may hold anything. */
function walletMistakes({ wallet }: MarketplaceSettings): string[] {
  if (wallet === undefined) return [];
  const { limits, topUp } = wallet;
  const names = ['balanceMinor', 'topUpPerDayMinor', 'payPerDayMinor', 'withdrawPerDayMinor'] as const;
  const falling = names.filter((name) => limits.some((each, level) => each[name] < (limits[level - 1]?.[name] ?? 0)));
  const mistakes = falling.map((name) => `must not fall from one verification level to the next: ${name}`);
  const most = Math.max(...topUp.suggestedMinor, topUp.minimumMinor);
  if (most > limits[3].topUpPerDayMinor) mistakes.push('must let the highest level top up each suggested amount');
  return mistakes;
}
