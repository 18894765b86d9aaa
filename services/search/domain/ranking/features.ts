/** What is known of a hit and its query before the page is ordered: each a number from 0 to 1, `measures` from −1. */
export const FEATURES = [
  /** First ranking's score over the best there could be. */
  'words',
  /** The part of the query's rarity that the title has. */
  'inTitle',
  /** As `inTitle`, before the title says what it is for or with: a lamp shade for floor lamps is no floor lamp. */
  'inHead',
  /** As `inTitle`, early words counting more. */
  'early',
  /** The part of the title that the query has. */
  'titleShare',
  /** The title is the query. */
  'isTitle',
  /** The part of the query's pairs of neighbors that are neighbors in the title, by rarity. */
  'pairs',
  /** How close together the title has the words. */
  'nearness',
  /** The last word, which in English names the thing, is in the title's head. */
  'lastWord',
  /** Numbers with their units: 10 ft where 10 ft was asked for, −1 where the title says another length. */
  'measures',
  /** How many of the best hits are of its category. */
  'category',
  /** How much its title has of what the titles of the best hits have besides the query's words. */
  'related',
  /** How near its text is to the query in meaning, where there is a model of meaning. */
  'similarity',
] as const;
export type Feature = (typeof FEATURES)[number];

/** The words of a query. Arrays are by number of word. */
export type AskedWords = {
  readonly rarities: readonly number[];
  /** Numbers of words in the order they were typed. */
  readonly typed: readonly number[];
  readonly isNumber: readonly boolean[];
  readonly isUnit: readonly boolean[];
};

/** Places of a title that are none of the query's words. */
export const OTHER_WORD = -1;
export const BREAK_WORD = -2;
export const OTHER_NUMBER = -3;

/** A hit: its title as numbers of the query's words, or what stands there instead. */
export type Candidate = {
  readonly words: number;
  readonly title: readonly number[];
  readonly category: number;
  readonly related: number;
  readonly similarity: number;
};

/** After these a title says what a thing is for, with, or like. */
export const BREAK_WORDS = ['for', 'with', 'fit', 'compat', 'by', 'para', 'con', 'สำหรับ', 'พร้อม'] as const;

const EARLY_PLACES = 5;

/** Fills `into` with the features, in the order of `FEATURES`. */
export function featuresOf(
  asked: AskedWords,
  { words, title, category, related, similarity }: Candidate,
  into: Float64Array,
): void {
  const { rarities, typed } = asked;
  let total = 0;
  for (const rarity of rarities) total += rarity;
  let inTitle = 0;
  let inHead = 0;
  let early = 0;
  let places = 0;
  let seen = 0;
  let isHead = true;
  let first = -1;
  let last = -1;
  const lastTyped = typed[typed.length - 1]!;
  let hasLast = 0;
  for (let at = 0; at < title.length; at++) {
    const word = title[at]!;
    if (word === BREAK_WORD && at > 0) isHead = false;
    if (word < 0) continue;
    places++;
    if (word === lastTyped && isHead) hasLast = 1;
    if ((seen & (1 << word)) !== 0) continue;
    seen |= 1 << word;
    const rarity = rarities[word]!;
    inTitle += rarity;
    if (isHead) inHead += rarity;
    early += rarity / (1 + at / EARLY_PLACES);
    if (first === -1) first = at;
    last = at;
  }
  const distinct = countBits(seen);
  into[0] = words;
  into[1] = inTitle / total;
  into[2] = inHead / total;
  into[3] = early / total;
  into[4] = title.length === 0 ? 0 : places / title.length;
  into[5] = title.length === typed.length && distinct === rarities.length ? 1 : 0;
  into[6] = pairsIn(asked, title);
  into[7] = distinct < 2 ? 0 : ((distinct - 1) / (last - first)) * (inTitle / total);
  into[8] = hasLast;
  into[9] = measuresIn(asked, title);
  into[10] = category;
  into[11] = related;
  into[12] = similarity;
}

function pairsIn({ rarities, typed }: AskedWords, title: readonly number[]): number {
  let all = 0;
  let held = 0;
  for (let i = 0; i + 1 < typed.length; i++) {
    const [a, b] = [typed[i]!, typed[i + 1]!];
    const weight = rarities[a]! + rarities[b]!;
    all += weight;
    for (let at = 0; at + 1 < title.length; at++)
      if (title[at] === a && title[at + 1] === b) {
        held += weight;
        break;
      }
  }
  return all === 0 ? 0 : held / all;
}

function measuresIn({ typed, isNumber, isUnit }: AskedWords, title: readonly number[]): number {
  let count = 0;
  let sum = 0;
  for (let i = 0; i < typed.length; i++) {
    const number = typed[i]!;
    if (isNumber[number] !== true) continue;
    count++;
    const unit = typed[i + 1];
    if (unit === undefined || isUnit[unit] !== true) {
      if (title.includes(number)) sum++;
      continue;
    }
    let found = 0;
    for (let at = 0; at + 1 < title.length && found < 1; at++) {
      if (title[at + 1] !== unit) continue;
      if (title[at] === number) found = 1;
      else if (title[at] === OTHER_NUMBER || isNumber[title[at]!] === true) found = -1;
    }
    sum += found;
  }
  return count === 0 ? 0 : sum / count;
}

function countBits(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
}
