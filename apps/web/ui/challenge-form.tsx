'use client';

import type { FormState } from '../lib/form.ts';
import { ActionForm, SubmitButton } from './form.tsx';

export function ChallengeForm({
  action,
  approve,
  decline,
  idempotencyKey,
}: {
  action: (state: FormState, form: FormData) => Promise<FormState>;
  approve: string;
  decline: string;
  idempotencyKey: string;
}) {
  return (
    <ActionForm action={action} className="grid grid-cols-2 gap-3" idempotencyKey={idempotencyKey}>
      {() => (
        <>
          <SubmitButton className="button button-outline" name="intent" value="decline">
            {decline}
          </SubmitButton>
          <SubmitButton className="button button-primary" name="intent" value="approve">
            {approve}
          </SubmitButton>
        </>
      )}
    </ActionForm>
  );
}
