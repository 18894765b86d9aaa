import { text } from './form.ts';

/** A number that was typed; undefined when the field is empty or holds none. */
export function typedNumber(form: FormData, name: string): number | undefined {
  const value = text(form, name);
  const number = value === undefined ? Number.NaN : Number(value.replaceAll(',', ''));
  return Number.isFinite(number) ? number : undefined;
}

/** A whole number from zero up; undefined when the field is empty or holds none. */
export function wholeNumber(form: FormData, name: string): number | undefined {
  const number = typedNumber(form, name);
  return number === undefined || !Number.isSafeInteger(number) || number < 0 ? undefined : number;
}

/** One of the choices that a form offers. Its browser sends no other; one that is made up, the API refuses. */
export function chosen<Choice extends string>(form: FormData, name: string, otherwise?: Choice): Choice {
  return (text(form, name) ?? otherwise ?? '') as Choice;
}

/** What was entered, to fill the form again when we refuse it ourselves. */
export function entered(form: FormData): Record<string, string> {
  return Object.fromEntries([...form].filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

/** The uploads that a form carries: `files.0.assetId`, `files.0.filename`, … */
export function chosenFiles(form: FormData): { assetId: string; filename: string }[] {
  const files = [];
  for (let index = 0; form.has(`files.${index}.assetId`); index++)
    files.push({
      assetId: String(form.get(`files.${index}.assetId`)),
      filename: String(form.get(`files.${index}.filename`)),
    });
  return files;
}
