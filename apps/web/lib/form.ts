import { PlazaError } from '@plaza/sdk';
import { unstable_rethrow } from 'next/navigation';
import { signedIn } from './api.ts';
import { currentPath } from './current-path.ts';
import { errorText, mistakeText, type Translate } from './messages.ts';
import { paths } from './paths.ts';

/** What a form shows after it was sent: nothing lost, each mistake beside its field. */
export type FormState = {
  readonly error?: string;
  /** The API's code of the refusal; none while it is unsure whether the request took effect: its key then stays. */
  readonly code?: string;
  /** Where the reader can see to what stands in the way. It opens beside the form, which keeps what was entered. */
  readonly wayOut?: { readonly href: string; readonly label: string };
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
      return { error: t('error.INTERNAL'), values };
    }
    const code = (await isHiddenFromGuest(error)) ? 'UNAUTHENTICATED' : error.code;
    const wayOut = await wayOutOf(code, t);
    const fields = mistakesByField(t, error.errors);
    const { currentVersion } = error.data;
    return {
      error: errorText(t, code, error.message, error.data),
      ...(isUnsure(error) ? {} : { code }),
      fields,
      values,
      ...(wayOut === undefined ? {} : { wayOut }),
      ...(form.has('challenge') ? { result: { challenge: form.get('challenge') } } : {}),
      ...(error.code === 'VERSION_CONFLICT' ? { result: { currentVersion } } : {}),
    };
  }
}

/** What is wrong with each field. Of a file all of it is told, a mistake a line. */
function mistakesByField(t: Translate, errors: PlazaError['errors']): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const each of errors) {
    const name = fieldNameOf(each.pointer);
    const before = each.at === undefined ? undefined : fields[name];
    fields[name] = [...(before === undefined ? [] : [before]), mistakeText(t, each)].join('\n');
  }
  return fields;
}

/** True when the request may have taken effect although no answer came: a repeat must carry the same key. */
function isUnsure(error: PlazaError): boolean {
  return error.status >= 500 || ['UNREACHABLE', 'IDEMPOTENCY_IN_PROGRESS'].includes(error.code);
}

/** A member's checkout does not exist for a guest: who paid it as a member until now has a session that ended meanwhile. */
async function isHiddenFromGuest({ code }: PlazaError): Promise<boolean> {
  return code === 'CHECKOUT_NOT_FOUND' && (await signedIn()) === undefined;
}

/** A session that ended leads to signing in and back, one that is old to showing who sits there; a change by someone else to the page as it is now. */
async function wayOutOf(code: string, t: Translate): Promise<FormState['wayOut']> {
  if (code === 'UNAUTHENTICATED')
    return { href: paths.signIn(t('common.language'), await currentPath()), label: t('signIn.submit') };
  if (code === 'CONFIRMATION_REQUIRED')
    return { href: paths.confirm(t('common.language'), await currentPath()), label: t('confirm.title') };
  if (code === 'SEARCH_ALREADY_SAVED')
    return { href: paths.savedSearches(t('common.language')), label: t('notices.searchesLink') };
  if (code === 'OFFER_OPEN_ALREADY') return { href: paths.offers(t('common.language')), label: t('offer.see') };
  if (code === 'LISTING_LIMIT_REACHED') return { href: paths.studioPlan(t('common.language')), label: t('plan.see') };
  if (code === 'VERSION_CONFLICT') return { href: await currentPath(), label: t('form.seeCurrent') };
  return undefined;
}

/** Names of fields that are never sent back to the browser: what is in a `code` opens something, but for these three. */
const SECRET = /password|number|security|(?<!postal|country|bank)code|challenge|clabe|iban|promptPay/i;

/** What was typed, to fill the form again. */
export function enteredOf(form: FormData): Record<string, string> {
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

/** What is in a chosen file, which may be nothing; undefined when none was chosen, which comes as a file called so. */
export async function fileText(form: FormData, name: string): Promise<string | undefined> {
  const file = form.get(name);
  const isChosen = file instanceof File && (file.size > 0 || !['', 'undefined'].includes(file.name));
  return isChosen ? file.text() : undefined;
}

/** What a form says of a file that is empty, or no text at all, such as a spreadsheet's own. */
export function unreadable(t: Translate, name: string, text: string | undefined): FormState | undefined {
  if (text === undefined || (text !== '' && !text.includes('\0'))) return undefined;
  return {
    error: t('error.INVALID_INPUT'),
    fields: { [name]: t(text === '' ? 'mistake.emptyFile' : 'mistake.noText') },
  };
}

/** The version that the reader's change replaces: the one they saw, or after a conflict the one they were told of. */
export function versionOf(form: FormData, seen: number): { expectedVersion: number } {
  const told = Number(form.get('expectedVersion'));
  return { expectedVersion: Number.isSafeInteger(told) && told > 0 ? told : seen };
}

/** The form's own key: sent again (a double click, a reload), it changes nothing the second time. */
export function keyOf(form: FormData): { idempotencyKey: string } {
  return { idempotencyKey: String(form.get('idempotencyKey') ?? crypto.randomUUID()) };
}
