import en, { type Messages } from '../messages/en';
import es from '../messages/es';
import ja from '../messages/ja';
import th from '../messages/th';

const DICTIONARIES: Readonly<Record<string, Messages>> = { en, es, ja, th };

export type MessageKey = keyof Messages;
export type Translate = (key: MessageKey, values?: Readonly<Record<string, string | number>>) => string;

/** The interface's texts in a language: `t('cart.lines', { count: 3 })`. Every language has every text (messages.test.ts). */
export function translator(lang: string): Translate {
  const dictionary = DICTIONARIES[lang] ?? en;
  return (key, values) => dictionary[key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values?.[name] ?? whole));
}

/** A refusal in the reader's language; one that has no text here keeps the API's own. */
export function errorText(t: Translate, code: string, fallback: string): string {
  const key = `error.${code}`;
  return key in en ? t(key as MessageKey) : fallback;
}
