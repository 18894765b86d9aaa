'use client';

import type { FormState } from '../lib/form.ts';
import { ActionForm, SubmitButton } from './form.tsx';

type Props = {
  readonly action: (state: FormState, form: FormData) => Promise<FormState>;
  readonly roles: readonly { readonly id: string; readonly label: string; readonly isHeld: boolean }[];
  readonly label: string;
  readonly save: string;
  readonly idempotencyKey: string;
};

/** What a member may do, to be ticked. */
export function RolesForm({ action, roles, label, save, idempotencyKey }: Props) {
  return (
    <ActionForm action={action} className="space-y-2" idempotencyKey={idempotencyKey} label={label}>
      {() => (
        <div className="flex flex-wrap items-center gap-2">
          {roles.map(({ id, label: name, isHeld }) => (
            <label key={id} className="chip min-h-10">
              <input type="checkbox" name={`role.${id}`} defaultChecked={isHeld} key={String(isHeld)} />
              {name}
            </label>
          ))}
          <SubmitButton className="button button-quiet !min-h-10">{save}</SubmitButton>
        </div>
      )}
    </ActionForm>
  );
}
