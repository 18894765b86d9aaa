/** What stays in its field and nowhere else. */
export const SECRET = /password|number|security/i;

/** A field that was changed by hand: the form it is in and the field itself, each by its place, and what it holds. */
export type Typed = readonly [form: number, name: string, occurrence: number, value: string | boolean];

type FormField = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** What somebody typed and chose in the forms of a page. */
export function typedIn(root: ParentNode): Typed[] {
  return [...root.querySelectorAll('form')].flatMap((form, place) =>
    fieldsOf(form).flatMap(({ field, occurrence }): Typed[] => {
      if (SECRET.test(field.name) || !isChanged(field)) return [];
      return [[place, field.name, occurrence, isSwitch(field) ? field.checked : field.value]];
    }),
  );
}

/** Types it again where the same forms are, as by hand: what listens to its fields hears of it. */
export function typeAgain(root: ParentNode, typed: readonly Typed[]): void {
  const forms = [...root.querySelectorAll('form')];
  for (const [place, name, occurrence, value] of typed) {
    const form = forms[place];
    const found = form && fieldsOf(form).find((each) => each.field.name === name && each.occurrence === occurrence);
    if (found === undefined) continue;
    const { field } = found;
    if (typeof value === 'string') enter(field, value);
    else if (isSwitch(field) && field.checked !== value) field.click();
  }
}

function fieldsOf(form: HTMLFormElement): { field: FormField; occurrence: number }[] {
  const seen = new Map<string, number>();
  return [...form.querySelectorAll<FormField>('input, textarea, select')]
    .filter(({ name, type }) => name !== '' && type !== 'hidden' && type !== 'file')
    .map((field) => {
      const occurrence = seen.get(field.name) ?? 0;
      seen.set(field.name, occurrence + 1);
      return { field, occurrence };
    });
}

function isSwitch(field: FormField): field is HTMLInputElement {
  return field.type === 'checkbox' || field.type === 'radio';
}

function isChanged(field: FormField): boolean {
  if (field instanceof HTMLSelectElement)
    return [...field.options].some((each) => each.selected !== each.defaultSelected);
  // Of radio buttons, the one that was chosen takes the choice from the others.
  if (field.type === 'radio') return (field as HTMLInputElement).checked && !(field as HTMLInputElement).defaultChecked;
  return isSwitch(field) ? field.checked !== field.defaultChecked : field.value !== field.defaultValue;
}

/** React sees a change only when the field's own setter made it. */
function enter(field: FormField, value: string): void {
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value')?.set?.call(field, value);
  field.dispatchEvent(new Event('input', { bubbles: true }));
  field.dispatchEvent(new Event('change', { bubbles: true }));
}
