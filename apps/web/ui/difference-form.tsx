'use client';

import type { FormState } from '../lib/form.ts';
import { ActionForm, Field, SubmitButton } from './form.tsx';

type Props = {
  readonly action: (state: FormState, form: FormData) => Promise<FormState>;
  readonly idempotencyKey: string;
  readonly texts: Readonly<Record<'note' | 'correct' | 'explain', string>>;
};

/** Why, and then one of two ends: the books are corrected, or they are right as they are. */
export function DifferenceForm({ action, idempotencyKey, texts }: Props) {
  return (
    <ActionForm action={action} idempotencyKey={idempotencyKey} className="space-y-3">
      {(state) => (
        <>
          <Field label={texts.note} name="note" required minLength={3} maxLength={500} state={state} />
          <div className="flex flex-wrap gap-2">
            <SubmitButton className="button button-primary" name="resolution" value="correct">
              {texts.correct}
            </SubmitButton>
            <SubmitButton className="button button-quiet" name="resolution" value="explain">
              {texts.explain}
            </SubmitButton>
          </div>
        </>
      )}
    </ActionForm>
  );
}
