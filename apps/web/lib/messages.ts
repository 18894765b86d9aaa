import type { FieldError, FieldLimit } from '@plaza/kernel';
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

/** A refusal in the reader's language: of what is gone, whatever it was; any other without a text keeps the API's own. */
export function errorText(
  t: Translate,
  code: string,
  fallback: string,
  data: Readonly<Record<string, unknown>> = {},
): string {
  const key = `error.${wrongWithAll(code, data)}`;
  const values = Object.fromEntries(Object.entries(data).map(([name, value]) => [name, String(value)]));
  if (key in MESSAGES) return t(key as MessageKey, values);
  return code.endsWith('_NOT_FOUND') && t('common.language') !== 'en' ? t('error.NOT_FOUND') : fallback;
}

/** What is bought alone tells what is wrong with it; of several things the cart tells it line by line. */
function wrongWithAll(code: string, { problems }: Readonly<Record<string, unknown>>): string {
  if (code !== 'CART_NOT_PURCHASABLE' || !Array.isArray(problems) || problems.length !== 1) return code;
  return ONE_PROBLEM[problems[0]?.code] ?? code;
}

const ONE_PROBLEM: Readonly<Record<string, string>> = {
  OUT_OF_STOCK: 'OUT_OF_STOCK',
  UNAVAILABLE: 'VARIANT_UNAVAILABLE',
  OFFER_ENDED: 'OFFER_NOT_USABLE',
};

/** Numbers that a reader does not type as the API counts them. */
const UNSEEN = /(Minor|expiryMonth|expiryYear)$/;

type Mistake = Pick<FieldError, 'code' | 'detail'> & Partial<FieldError>;
/** Something was typed that is no number: not the same as nothing. */
const NO_NUMBER = /^must be a (whole )?number$/;

/** What is wrong with a field. The API says it in English, in detail; other languages say the limit, or what kind of mistake it is. */
export function mistakeText(t: Translate, { at, ...mistake }: Mistake): string {
  if (at === undefined) return textOf(t, mistake);
  if (t('common.language') === 'en' && mistake.limit === undefined) return capitalized(mistake.detail);
  const place = t(at.column === undefined ? 'mistake.atLine' : 'mistake.atCell', {
    line: at.line,
    column: at.column ?? '',
  });
  // Nobody sees what could stand in a cell; the choices of a form stand there.
  const { choices } = mistake;
  return `${place}: ${choices === undefined ? textOf(t, mistake) : t('mistake.oneOf', { values: choices.join(', ') })}`;
}

function textOf(t: Translate, { code, detail, limit, pointer = '' }: Omit<Mistake, 'at'>): string {
  const isSeen = !UNSEEN.test(pointer);
  if (limit !== undefined && isSeen) return limitText(t, limit);
  if (t('common.language') === 'en' && isSeen) return detail;
  const key = `mistake.${NO_NUMBER.test(detail) ? 'number' : code}`;
  return t(key in MESSAGES ? (key as MessageKey) : 'mistake.custom');
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function limitText(t: Translate, { of, minimum, maximum = 0 }: FieldLimit): string {
  if (minimum === 1 && of !== 'value') return t('mistake.required');
  const side = minimum === undefined ? 'AtMost' : 'AtLeast';
  return t(`mistake.${of}${side}`, { count: String(minimum ?? maximum) });
}

/** The text of one of the API's open codes (`transfer.hold`, `purpose.escrow`); a code without one is shown as it is. */
export function codeText(
  t: Translate,
  group: 'transfer' | 'purpose' | 'payoutReason' | 'payoutRecord' | 'audit',
  code: string,
): string {
  const key = `${group}.${code}`;
  return key in MESSAGES ? t(key as MessageKey) : code;
}
