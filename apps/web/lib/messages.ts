import { MESSAGES } from '../messages/index.ts';
import type { Row } from '../messages/table.ts';

export type MessageKey = keyof typeof MESSAGES;
export type Translate = (key: MessageKey, values?: Readonly<Record<string, string | number>>) => string;

/** The interface's texts in a language: `t('browse.total', { count: 3 })`. Every text is there in every language. */
export function translator(lang: string): Translate {
  return (key, values) => {
    const row: Row = MESSAGES[key];
    const text = row[lang as keyof Row] ?? row.en;
    return values === undefined
      ? text
      : text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
  };
}

/** A refusal in the reader's language; one that has no text here keeps the API's own. */
export function errorText(
  t: Translate,
  code: string,
  fallback: string,
  data: Readonly<Record<string, unknown>> = {},
): string {
  const key = `error.${code}`;
  const values = Object.fromEntries(Object.entries(data).map(([name, value]) => [name, String(value)]));
  return key in MESSAGES ? t(key as MessageKey, values) : fallback;
}

/** Numbers that a reader does not type as the API counts them. */
const UNSEEN = /(Minor|expiryMonth|expiryYear)$/;

type Mistake = { readonly code: string; readonly detail: string; readonly pointer?: string };

/** Words of the schema library, meant for developers: other details are written for readers. */
const OWN_WORDS = /^(Too (small|big)|Invalid (input|string|option))\b/;
const LIMIT = /^Too (small|big): expected (string|int|number|array) to (?:have|be) [<>]=(\d+)/;

/** What is wrong with a field. The API says it in English, in detail; other languages say what kind of mistake it is. */
export function mistakeText(t: Translate, mistake: Mistake): string {
  const limit = limitText(t, mistake);
  if (limit !== undefined) return limit;
  if (t('common.language') === 'en' && !OWN_WORDS.test(mistake.detail)) return mistake.detail;
  const key = `mistake.${mistake.code}`;
  return t(key in MESSAGES ? (key as MessageKey) : 'mistake.custom');
}

/** How long or large it may be, where the reader counts as the API does. */
function limitText(t: Translate, { detail, pointer = '' }: Mistake): string | undefined {
  const [, side, type, count = ''] = LIMIT.exec(detail) ?? [];
  if (side === undefined || UNSEEN.test(pointer)) return undefined;
  if (type === 'string' || type === 'array') {
    if (side === 'small' && count === '1') return t('mistake.required');
    return type === 'array' ? undefined : t(side === 'small' ? 'mistake.shorterThan' : 'mistake.longerThan', { count });
  }
  return t(side === 'small' ? 'mistake.lessThan' : 'mistake.moreThan', { count });
}

/** The text of one of the API's open codes (`transfer.hold`, `purpose.escrow`); a code without one is shown as it is. */
export function codeText(
  t: Translate,
  group: 'transfer' | 'purpose' | 'payoutReason' | 'payoutRecord',
  code: string,
): string {
  const key = `${group}.${code}`;
  return key in MESSAGES ? t(key as MessageKey) : code;
}
