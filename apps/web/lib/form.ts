import { PlazaError } from '@plaza/sdk';
import { unstable_rethrow } from 'next/navigation';
import { errorText, mistakeText, type Translate } from './messages.ts';

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

/** Runs an action of a form; a refusal of the API becomes what the form shows. Redirects pass. */
export async function attempt(
  form: FormData,
  t: Translate,
  work: () => Promise<FormState | undefined>,
): Promise<FormState> {
  try {
    return (await work()) ?? {};
  } catch (error) {
    unstable_rethrow(error);
    const values = enteredOf(form);
    if (!(error instanceof PlazaError)) {
      console.error(error);
      return { error: t('error.INTERNAL'), code: 'INTERNAL', values };
    }
    const fields = Object.fromEntries(error.errors.map((each) => [fieldNameOf(each.pointer), mistakeText(t, each)]));
    const result = form.has('challenge') ? { challenge: form.get('challenge') } : undefined;
    return {
      error: errorText(t, error.code, error.message),
      code: error.code,
      fields,
      values,
      ...(result === undefined ? {} : { result }),
    };
  }
}

/** Names of fields that are never sent back to the browser. */
const SECRET = /password|number|security|code|challenge/i;

function enteredOf(form: FormData): Record<string, string> {
  const texts = [...form].filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return Object.fromEntries(texts.filter(([name]) => !SECRET.test(name)));
}

/** `/address/line1` → `address.line1`: the names our forms give their fields. A card's month and year are one field. */
function fieldNameOf(pointer: string): string {
  return pointer
    .replace(/^\//, '')
    .replace(/^expiry(Month|Year)$/, 'expiry')
    .replace(/Minor$/, '')
    .replaceAll('/', '.');
}

/** A text field, trimmed; undefined when left empty. */
export function text(form: FormData, name: string): string | undefined {
  const value = form.get(name);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/** The form's own key: sent again (a double click, a reload), it changes nothing the second time. */
export function keyOf(form: FormData): { idempotencyKey: string } {
  return { idempotencyKey: String(form.get('idempotencyKey') ?? crypto.randomUUID()) };
}
