/*
 * Martin Porter, "An algorithm for suffix stripping", Program 14 (1980) 130–137, with the two departures of his own later
 * program (https://tartarus.org/martin/PorterStemmer/): "-bli" becomes "-ble", "-logi" becomes "-log".
 */

const C = '[^aeiou]';
const V = '[aeiouy]';
const CC = `${C}[^aeiouy]*`;
const VV = `${V}[aeiou]*`;
const MEASURE_ABOVE_0 = new RegExp(`^(?:${CC})?${VV}${CC}`);
const MEASURE_1 = new RegExp(`^(?:${CC})?${VV}${CC}(?:${VV})?$`);
const MEASURE_ABOVE_1 = new RegExp(`^(?:${CC})?${VV}${CC}${VV}${CC}`);
const HAS_VOWEL = new RegExp(`^(?:${CC})?${V}`);
const SHORT = new RegExp(`^${CC}${V}[^aeiouwxy]$`);

const SECOND: Readonly<Record<string, string>> = {
  ational: 'ate',
  tional: 'tion',
  enci: 'ence',
  anci: 'ance',
  izer: 'ize',
  bli: 'ble',
  alli: 'al',
  entli: 'ent',
  eli: 'e',
  ousli: 'ous',
  ization: 'ize',
  ation: 'ate',
  ator: 'ate',
  alism: 'al',
  iveness: 'ive',
  fulness: 'ful',
  ousness: 'ous',
  aliti: 'al',
  iviti: 'ive',
  biliti: 'ble',
  logi: 'log',
};
const THIRD: Readonly<Record<string, string>> = {
  icate: 'ic',
  ative: '',
  alize: 'al',
  iciti: 'ic',
  ical: 'ic',
  ful: '',
  ness: '',
};
const SECOND_ENDING = new RegExp(`^(.+?)(${Object.keys(SECOND).join('|')})$`);
const THIRD_ENDING = new RegExp(`^(.+?)(${Object.keys(THIRD).join('|')})$`);
const FOURTH_ENDING = /^(.+?)(al|ance|ence|er|ic|able|ible|ant|ement|ment|ent|ou|ism|ate|iti|ous|ive|ize)$/;

/** What an English word and its relatives have in common: "lamps" is `lamp`, "adjustable" and "adjusting" `adjust`. */
export function porterStem(text: string): string {
  if (text.length < 3 || !/^[a-z]+$/.test(text)) return text;
  // A "y" at the beginning is a consonant: written large, so that the expressions above take it for one.
  let word = text.startsWith('y') ? `Y${text.slice(1)}` : text;
  word = firstStep(word);
  if (word.endsWith('y') && HAS_VOWEL.test(word.slice(0, -1))) word = `${word.slice(0, -1)}i`;
  word = replaced(word, SECOND_ENDING, SECOND);
  word = replaced(word, THIRD_ENDING, THIRD);
  const fourth = FOURTH_ENDING.exec(word);
  if (fourth !== null) {
    if (MEASURE_ABOVE_1.test(fourth[1]!)) word = fourth[1]!;
  } else if (/[st]ion$/.test(word) && MEASURE_ABOVE_1.test(word.slice(0, -3))) word = word.slice(0, -3);
  if (word.endsWith('e')) {
    const rest = word.slice(0, -1);
    if (MEASURE_ABOVE_1.test(rest) || (MEASURE_1.test(rest) && !SHORT.test(rest))) word = rest;
  }
  if (word.endsWith('ll') && MEASURE_ABOVE_1.test(word)) word = word.slice(0, -1);
  return word.startsWith('Y') ? `y${word.slice(1)}` : word;
}

/** Plurals, "-ed" and "-ing". */
function firstStep(plural: string): string {
  let word = plural;
  if (/(?:ss|i)es$/.test(word)) word = word.slice(0, -2);
  else if (/[^s]s$/.test(word)) word = word.slice(0, -1);
  if (word.endsWith('eed')) return MEASURE_ABOVE_0.test(word.slice(0, -3)) ? word.slice(0, -1) : word;
  const past = /^(.+?)(?:ed|ing)$/.exec(word);
  const stem = past?.[1];
  if (stem === undefined || !HAS_VOWEL.test(stem)) return word;
  if (/(?:at|bl|iz)$/.test(stem)) return `${stem}e`;
  if (/([^aeiouylsz])\1$/.test(stem)) return stem.slice(0, -1);
  return SHORT.test(stem) ? `${stem}e` : stem;
}

function replaced(word: string, endings: RegExp, by: Readonly<Record<string, string>>): string {
  const found = endings.exec(word);
  if (found === null || !MEASURE_ABOVE_0.test(found[1]!)) return word;
  return `${found[1]}${by[found[2]!]}`;
}
