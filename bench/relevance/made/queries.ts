import type { Choice } from './chance.ts';
import { type Item, modelText, sizeText, wordOf } from './items.ts';
import { COLORS, FEATURES, MATERIALS } from './things.ts';

/** What a shopper has in mind: a thing, and what it must be like. Grades compare it with items, never with texts. */
export type Need = {
  readonly item: Item;
  readonly wants: readonly ('color' | 'material' | 'size' | 'feature' | 'brand')[];
  readonly isModel: boolean;
};

export type Asked = { readonly need: Need; readonly text: string };
type Ask = (item: Item, choice: Choice) => Asked | undefined;

/** Kinds of query, each with the language of its listings. */
export const KINDS: readonly { readonly kind: string; readonly language: Item['language']; readonly ask: Ask }[] = [
  { kind: 'short', language: 'en', ask: (item, choice) => asked(item, choice, { count: choice.of([0, 0, 1]) }) },
  { kind: 'attribute', language: 'en', ask: (item, choice) => asked(item, choice, { count: choice.of([2, 2, 3]) }) },
  {
    kind: 'misspelt',
    language: 'en',
    ask: (item, choice) => misspelt(asked(item, choice, { count: choice.of([0, 1]) }), choice),
  },
  {
    kind: 'size',
    language: 'en',
    ask: (item, choice) => (item.size === null ? undefined : asked(item, choice, { only: 'size' })),
  },
  { kind: 'messy', language: 'en', ask: messy },
  { kind: 'sku', language: 'en', ask: bySku },
  { kind: 'spanish', language: 'es', ask: (item, choice) => asked(item, choice, { count: choice.of([0, 1, 1, 2]) }) },
  { kind: 'thai', language: 'th', ask: (item, choice) => asked(item, choice, { count: choice.of([0, 1, 1, 2]) }) },
];

function asked(
  item: Item,
  choice: Choice,
  { count = 1, only }: { count?: number; only?: Need['wants'][number] },
): Asked {
  const possible = (['color', 'material', 'size', 'feature', 'brand'] as const).filter(
    (each) => (each !== 'material' || item.material !== null) && (each !== 'size' || item.size !== null),
  );
  const wants = only === undefined ? choice.some(possible, count) : [only];
  const name = choice.of(item.thing[item.language]);
  const words = wants.map((want) => textOf(item, want, choice));
  const isBefore = item.language === 'en';
  const parts = choice.happens(0.8) === isBefore ? [...words, name] : [name, ...words];
  const text = parts.join(item.language === 'th' ? choice.of(['', ' ']) : ' ');
  return { need: { item, wants, isModel: false }, text: choice.happens(0.2) ? plain(text) : text };
}

function textOf(item: Item, want: Need['wants'][number], choice: Choice): string {
  if (want === 'size') return sizeText(item, choice);
  if (want === 'brand') return item.brand.toLowerCase();
  if (want === 'color') return wordOf(item, COLORS, item.color);
  if (want === 'feature') return wordOf(item, FEATURES, item.feature);
  return wordOf(item, MATERIALS, item.material as string);
}

/** Without accents and in the plural, as people type. */
function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/(?<=[a-z])\p{M}+/gu, '')
    .normalize('NFC')
    .replace(/([a-z]{4,}[a-rt-z])$/, '$1s');
}

/** One mistake in the longest word: letters swapped, lost, doubled or another. */
function misspelt({ need, text }: Asked, choice: Choice): Asked {
  const words = text.split(' ');
  const longest = words.reduce((best, word, i) => (word.length > (words[best] as string).length ? i : best), 0);
  const word = words[longest] as string;
  const at = 1 + Math.floor(choice.next() * (word.length - 2));
  const [before, letter, after] = [word.slice(0, at), word[at] as string, word.slice(at + 1)];
  words[longest] = choice.of([
    `${before}${after}`,
    `${before}${letter}${letter}${after}`,
    `${before}${after.slice(0, 1)}${letter}${after.slice(1)}`,
    `${before}${choice.of([...'aeiourst'])}${after}`,
  ]);
  return { need, text: words.join(' ') };
}

function messy(item: Item, choice: Choice): Asked {
  const { need, text } = asked(item, choice, { count: choice.of([1, 2]) });
  const frame = choice.of([
    'I am looking for a {} for my living room please',
    'what is the best {} that is not too expensive',
    'need a good {} as a gift for my brother who just moved',
    '{} cheap free shipping 2026 new',
    'where can i buy {} near me??',
    '{} (must arrive before friday) thanks!!',
  ]);
  return { need, text: frame.replace('{}', text) };
}

function bySku(item: Item, choice: Choice): Asked {
  const model = modelText(item);
  const text = choice.of([
    model,
    model.toLowerCase(),
    model.replace('-', ''),
    model.replace('-', ' '),
    `${item.brand} ${model}`,
    `${model} ${item.thing.en[0]}`,
  ]);
  return { need: { item, wants: [], isModel: true }, text };
}

/**
 * How well an item serves a need, 0 to 3: 3 for the thing with all that was wanted, 2 with at least half of it, 1 for the
 * thing as such, or another of its family that has all. What is made for the thing is not the thing.
 */
export function gradeOf({ item: wanted, wants, isModel }: Need, item: Item): number {
  if (item.language !== wanted.language) return 0;
  if (isModel) {
    const isFamily = item.model.family === wanted.model.family && item.model.number === wanted.model.number;
    if (!isFamily) return 0;
    return item.model.version === wanted.model.version ? 3 : 2;
  }
  const held = wants.filter((want) => item[want] === wanted[want]).length;
  const isAll = held === wants.length;
  if (item.thing.key === wanted.thing.key) return isAll ? 3 : held * 2 >= wants.length ? 2 : 1;
  const isKin = item.thing.family === wanted.thing.family && item.thing.partOf === undefined;
  return isKin && wanted.thing.partOf === undefined && isAll && wants.length > 0 ? 1 : 0;
}
