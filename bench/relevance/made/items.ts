import type { JudgedListing } from '../judged-set.ts';
import type { Choice } from './chance.ts';
import {
  BRANDS,
  COLORS,
  FEATURES,
  type Language,
  MATERIALS,
  type MaterialKey,
  THINGS,
  type Thing,
  UNITS,
} from './things.ts';

/** What a listing is about, before anybody wrote a word about it. Grades are made of this alone. */
export type Item = {
  readonly thing: Thing;
  readonly language: Language;
  readonly brand: string;
  readonly color: keyof typeof COLORS;
  readonly material: MaterialKey | null;
  readonly size: number | null;
  readonly feature: keyof typeof FEATURES;
  /** `KX-4410B`: family, number, version. */
  readonly model: { readonly family: string; readonly number: number; readonly version: string };
};

const PLACE: Readonly<Record<Language, 0 | 1 | 2>> = { en: 0, es: 1, th: 2 };

/** A word of an item in its language. */
export function wordOf(
  item: Pick<Item, 'language'>,
  table: Readonly<Record<string, readonly string[]>>,
  key: string,
): string {
  return (table[key] as readonly string[])[PLACE[item.language]] as string;
}

export function itemOf(choice: Choice, language: Language): Item {
  const thing = choice.of(THINGS);
  return {
    thing,
    language,
    brand: choice.oftenFirst(BRANDS),
    color: choice.oftenFirst(Object.keys(COLORS) as (keyof typeof COLORS)[]),
    material: thing.materials.length === 0 ? null : choice.oftenFirst(thing.materials),
    size: thing.sizes.length === 0 ? null : choice.of(thing.sizes),
    feature: choice.of(Object.keys(FEATURES) as (keyof typeof FEATURES)[]),
    model: {
      family: choice.of(['KX', 'TR', 'BM', 'QL', 'ZD', 'HV']),
      number: 1000 + Math.floor(choice.next() * 900) * 10,
      version: choice.of(['', 'B', 'S', 'X']),
    },
  };
}

export function modelText({ model: { family, number, version } }: Item): string {
  return `${family}-${number}${version}`;
}

/** The size as people write it: "10 ft", "10ft", "10-foot", `10"`. */
export function sizeText({ size, thing: { unit } }: Item, choice: Choice): string {
  if (size === null || unit === null) return '';
  const written = choice.oftenFirst(UNITS[unit]);
  const isTight = written.startsWith('-') || written === '"' || choice.happens(0.4);
  return isTight ? `${size}${written}` : `${size} ${written}`;
}

const SENTENCES: Readonly<
  Record<Language, { facts: readonly string[]; noise: readonly string[]; beside: readonly string[] }>
> = {
  en: {
    facts: [
      'Color: {color}.',
      'Made of {material}.',
      'Size {size}.',
      'It is {feature} and easy to use.',
      'This {thing} by {brand} will last for years.',
      'Comes in {color}, with a {material} finish.',
    ],
    noise: [
      'Ships within two days.',
      'Great gift for family and friends.',
      'Easy to clean and simple to set up.',
      'Money back within 30 days.',
      'For home, office, garden and travel.',
      'New in box with all parts and a user guide.',
      'Please read the pictures before you order.',
      'Top quality at a fair price.',
    ],
    beside: [
      'Goes well with our {other}.',
      'Not for use with a {other}.',
      'The {other} in the picture is not included.',
      'People also bought: {other}, {other2}.',
    ],
  },
  es: {
    facts: [
      'Color: {color}.',
      'Hecho de {material}.',
      'Medida {size}.',
      'Es {feature} y fácil de usar.',
      'Esta {thing} de {brand} dura muchos años.',
    ],
    noise: [
      'Envío en dos días.',
      'Un gran regalo para la familia.',
      'Fácil de limpiar.',
      'Devolución en 30 días.',
      'Para la casa, la oficina y el viaje.',
    ],
    beside: ['Combina con nuestra {other}.', 'No incluye {other}.', 'Otros compraron: {other}, {other2}.'],
  },
  th: {
    facts: ['{color}', 'ทำจาก{material}', 'ขนาด {size}', '{feature} ใช้งานง่าย', '{thing}ยี่ห้อ {brand} ทนทานใช้ได้นาน'],
    noise: ['ส่งภายในสองวัน', 'เหมาะเป็นของขวัญ', 'ทำความสะอาดง่าย', 'รับประกันหนึ่งปี', 'สินค้าใหม่พร้อมส่ง'],
    beside: ['ใช้คู่กับ{other}ได้ดี', 'ไม่รวม{other}', 'ลูกค้าซื้อคู่กับ {other} {other2}'],
  },
};
const FOR: Readonly<Record<Language, string>> = { en: 'for', es: 'para', th: 'สำหรับ' };
const WITH: Readonly<Record<Language, string>> = { en: 'with', es: 'con', th: 'พร้อม' };

/** What a seller writes about an item: some say all in the title, some nearly nothing, some everything else as well. */
export function listingOf(item: Item, id: string, choice: Choice): JudgedListing {
  const { thing, language, brand } = item;
  const names = thing[language];
  const name = choice.oftenFirst(names);
  const color = wordOf(item, COLORS, item.color);
  const material = item.material === null ? '' : wordOf(item, MATERIALS, item.material);
  const feature = wordOf(item, FEATURES, item.feature);
  const other = (): string => choice.of(THINGS)[language][0] as string;
  const has = (share: number, text: string): string => (choice.happens(share) ? text : '');
  const size = sizeText(item, choice);
  const noun =
    language === 'en' ? [has(0.4, feature), has(0.45, material), name] : [name, has(0.45, material), has(0.4, feature)];
  const target = thing.partOf === undefined ? undefined : THINGS.find(({ key }) => key === thing.partOf);
  const tail = [
    target === undefined ? '' : has(0.7, `${FOR[language]} ${choice.oftenFirst(target[language])}`),
    target === undefined ? has(0.12, `${WITH[language]} ${other()}`) : '',
    has(0.5, language === 'en' ? `- ${color}` : color),
    has(0.1, choice.some(thing[language], 2).join(', ')),
  ];
  const title = [has(0.6, brand), has(0.55, size), ...noun, has(0.35, modelText(item)), ...tail]
    .filter((part) => part !== '')
    .join(' ');
  const { facts, noise, beside } = SENTENCES[language];
  const sentences = [
    ...choice.some(facts, 1 + Math.floor(choice.next() * facts.length)),
    ...choice.some(noise, 1 + Math.floor(choice.next() * 4)),
    ...choice.some(beside, choice.happens(0.5) ? 1 : 0),
    // Stuffed with what others search for.
    ...(choice.happens(0.05) ? [Array.from({ length: 8 }, other).join(', ')] : []),
  ].filter(
    (sentence) =>
      !(sentence.includes('{material}') && material === '') && !(sentence.includes('{size}') && size === ''),
  );
  const description = choice
    .some(sentences, sentences.length)
    .map((sentence) =>
      sentence
        .replace('{color}', color)
        .replace('{material}', material)
        .replace('{feature}', feature)
        .replace('{size}', size)
        .replace('{thing}', choice.of(names))
        .replace('{brand}', brand)
        .replace('{other}', other)
        .replace('{other2}', other),
    )
    .join(' ');
  return {
    id,
    title,
    description,
    category: choice.happens(0.85) ? thing.family : choice.of(THINGS).family,
    brand: '',
    sku: choice.happens(0.5) ? modelText(item) : '',
    attributes: [],
  };
}
