import type { FormState } from '../lib/form.ts';
import { Field } from './form.tsx';

/** The password that a member has, in a form where it says who they are. */
export function CurrentPassword({ label, state }: { readonly label: string; readonly state: FormState }) {
  return <Field label={label} name="password" type="password" state={state} required autoComplete="current-password" />;
}
