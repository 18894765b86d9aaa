import type { Currency, Money } from '@plaza/kernel';
import { typedPriceMinor } from './browse-query.ts';
import { type FormState, text } from './form.ts';
import { entered } from './form-values.ts';
import type { Translate } from './messages.ts';

/** The amount typed into a field; undefined when it is empty or none. */
export function typedMoneyOf(form: FormData, name: string, currency: Currency): Money | undefined {
  const amountMinor = typedPriceMinor(text(form, name), currency);
  return amountMinor === undefined ? undefined : { amountMinor, currency };
}

/** What a form shows when one of its fields cannot be read, before the API was asked. */
export function mistake(
  t: Translate,
  form: FormData,
  name: string,
  what: 'mistake.invalid_format' | 'mistake.past' = 'mistake.invalid_format',
): FormState {
  return {
    error: t('error.INVALID_INPUT'),
    code: 'INVALID_INPUT',
    fields: { [name]: t(what) },
    values: Object.fromEntries(Object.entries(entered(form)).filter(([key]) => !/number/i.test(key))),
  };
}
