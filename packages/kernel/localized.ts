import { z } from 'zod';

export const LOCALES = ['en', 'th', 'es', 'ja'] as const;
export const Locale = z.enum(LOCALES);
export type Locale = z.output<typeof Locale>;

/** A text in several languages, e.g. `{ en: 'Phones', th: 'โทรศัพท์' }`. At least one. */
export const LocalizedText = z
  .partialRecord(Locale, z.string())
  .refine((texts) => Object.keys(texts).length > 0, 'must be given in at least one language');
export type LocalizedText = z.output<typeof LocalizedText>;

/** The text in `locale`, else in the first of `fallbacks` that has it, else in any language. */
export function localize(texts: LocalizedText, locale: string, fallbacks: readonly string[] = ['en']): string {
  for (const candidate of [locale, ...fallbacks]) {
    const text = texts[candidate as Locale];
    if (text !== undefined) return text;
  }
  return Object.values(texts)[0] ?? '';
}
