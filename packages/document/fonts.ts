import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fontOfWoff } from './woff.ts';

const { resolve } = createRequire(import.meta.url);

/**
 * Noto Sans (SIL Open Font License 1.1), and for Japanese Kosugi (Apache License 2.0), a fifteenth of the size of Noto's.
 * A file has no glyphs of another script, so a text is drawn in pieces. What no file has is drawn as a box.
 */
const FONTS = {
  latin: '@fontsource/noto-sans/files/noto-sans-latin-400-normal.woff',
  'latin-ext': '@fontsource/noto-sans/files/noto-sans-latin-ext-400-normal.woff',
  thai: '@fontsource/noto-sans-thai/files/noto-sans-thai-thai-400-normal.woff',
  japanese: '@fontsource/kosugi/files/kosugi-japanese-400-normal.woff',
} as const;

export type Script = keyof typeof FONTS;

const fonts = new Map<Script, Buffer>();

/** The font that has a script's glyphs. Read once, in some 20 ms; the Japanese one takes 2 MB of memory from then on. */
export function fontFor(script: Script): Buffer {
  const font = fonts.get(script) ?? fontOfWoff(readFileSync(resolve(FONTS[script])));
  fonts.set(script, font);
  return font;
}

/** Thai with the baht sign; kana, Han and full-width forms; letters beyond Western Europe. */
const RANGES: readonly (readonly [Script, RegExp])[] = [
  ['thai', /[\u0e00-\u0e7f]/],
  ['japanese', /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]/],
  ['latin-ext', /[\u0100-\u024f\u1e00-\u1eff]/],
];

/**
 * Thai's SARA AM is drawn as a ring over the consonant, below its tone mark, and a vowel behind. Shaping engines take it
 * apart so before they look into the font (HarfBuzz, hb-ot-shaper-thai.cc); PDFKit's does not, and put the ring on top.
 */
function shapeable(text: string): string {
  return text.replace(/([\u0e48-\u0e4b]*)\u0e33/g, '\u0e4d$1\u0e32');
}

/** A text in pieces of one script each, in order, ready to be drawn. */
export function piecesOf(text: string): { script: Script; text: string }[] {
  const pieces: { script: Script; text: string }[] = [];
  for (const character of shapeable(text)) {
    const script = RANGES.find(([, range]) => range.test(character))?.[0] ?? 'latin';
    const last = pieces.at(-1);
    if (last?.script === script) last.text += character;
    else pieces.push({ script, text: character });
  }
  return pieces;
}
