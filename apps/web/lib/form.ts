import { PlazaError } from '@plaza/sdk';
import { unstable_rethrow } from 'next/navigation';
import { errorText, type Translate } from './messages';

/** What a form shows after it was sent: nothing lost, each mistake beside its field. */
export type FormState = {
  readonly error?: string;
  readonly code?: string;
  /** By field name. */
  readonly fields?: Readonly<Record<string, string>>;
  /** What was entered, to fill the form again. */
  readonly values?: Readonly<Record<string, string>>;
  readonly notice?: string;
  /** What the action made, for the screen to use. */
  readonly result?: Readonly<Record<string, unknown>>;
};

export const EMPTY: FormState = {};

/** Runs an action of a form; a refusal of the API becomes what the form shows. Redirects pass. */
export async function attempt(form: FormData, t: Translate, work: () => Promise<FormState | undefined>): Promise<FormState> {
  try {
    return (await work()) ?? {};
  } catch (error) {
    unstable_rethrow(error);
    const values = Object.fromEntries([...form].filter(([name, value]) => typeof value === 'string' && !/password|card|cvc|number/i.test(name))) as Record<string, string>;
    if (!(error instanceof PlazaError)) {
      console.error(error);
      return { error: t('error.INTERNAL'), code: 'INTERNAL', values };
    }
    const fields = Object.fromEntries(error.errors.map(({ pointer, detail }) => [fieldNameOf(pointer), detail]));
    return { error: errorText(t, error.code, error.message), code: error.code, fields, values };
  }
}

/** `/address/line1` → `address.line1`: the names our forms give their fields. */
function fieldNameOf(pointer: string): string {
  return pointer.replace(/^\//, '').replaceAll('/', '.');
}

/** A text field, trimmed; undefined when left empty. */
export function text(form: FormData, name: string): string | undefined {
  const value = form.get(name);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}
