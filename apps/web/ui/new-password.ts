import type { Translate } from '../lib/messages.ts';
import type { FieldSpec } from './simple-form.tsx';

/** The field of a password that is to be a member's from now on. */
export function newPasswordField(t: Translate, name: string, label: string): FieldSpec {
  return {
    name,
    label,
    type: 'password',
    hint: t('signUp.passwordHint'),
    required: true,
    autoComplete: 'new-password',
    minLength: 8,
    maxLength: 128,
  };
}
