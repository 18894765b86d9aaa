import { type Currency, currencyExponent, parseAmount, writtenAmount, writtenNumber } from '@plaza/kernel';
import type { Draft } from './draft.ts';

const AMOUNT_MINOR_MAX = 1_000_000_000_000;

/** Why a cell's number is not taken, as a mistake says it. */
export type Refusal = { readonly code: string; readonly message: string };
type DecimalsAfter = Draft['decimalsAfter'];

/** The minor units that a cell says, or what is wrong with it. */
export function amountOf(text: string, currency: Currency, decimalsAfter: DecimalsAfter): number | Refusal {
  const amount = readAmount(text, currency, decimalsAfter);
  if (amount === 'ambiguous')
    return { code: 'price_ambiguous', message: bothReadings(text, currencyExponent(currency)) };
  if (amount !== undefined && amount <= AMOUNT_MINOR_MAX) return amount;
  return { code: 'price', message: `must be an amount like 1299.50 in ${currency}, not “${text}”` };
}

function readAmount(text: string, currency: Currency, decimalsAfter: DecimalsAfter): number | 'ambiguous' | undefined {
  const minor = /^(\d+) minor ([A-Z]{3})$/.exec(text);
  if (minor !== null) return minor[2] === currency ? Number(minor[1]) : undefined;
  const amount = decimalsAfter === 'point' ? parseAmount(text, currency) : writtenAmount(text, currency);
  if (amount !== undefined) return amount;
  // A calculated price such as 9.9995 is rounded to what can be paid; anything else is a mistake.
  const written = decimalsAfter === 'point' ? text : text.replace(',', '.');
  return /^\d+\.\d+$/.test(written) ? Math.round(Number(written) * 10 ** currencyExponent(currency)) : undefined;
}

/** A count that a cell says, rounded to a whole one, or what is wrong with it. */
export function wholeNumberOf(text: string, maximum: number, decimalsAfter: DecimalsAfter): number | Refusal {
  const number = readNumber(text.trim(), decimalsAfter);
  if (number === 'ambiguous') return { code: 'number_ambiguous', message: bothReadings(text, 0) };
  if (number !== undefined && Math.abs(number) <= maximum) return Math.round(number);
  return { code: 'number', message: `must be a whole number of at most ${maximum}, not “${text}”` };
}

function readNumber(text: string, decimalsAfter: DecimalsAfter): number | 'ambiguous' | undefined {
  if (decimalsAfter === 'point') {
    const number = Number(text.replaceAll(',', ''));
    return text === '' || !Number.isFinite(number) ? undefined : number;
  }
  const written = writtenNumber(text.replace(/^-/, ''));
  if (written === undefined || written === 'ambiguous') return written;
  return Number(`${written.whole}.${written.decimals}`) * (text.startsWith('-') ? -1 : 1);
}

/** What an ambiguous number may mean, each as it is to be written. */
function bothReadings(text: string, decimals: number): string {
  const thousands = Number(text.replace(/[.,]/, '')).toFixed(decimals);
  const few = Number(text.replace(',', '.')).toFixed(decimals);
  return `“${text}” may be ${thousands} or ${few}: write which`;
}
