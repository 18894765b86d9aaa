'use client';

import { useEffect, useRef, useState } from 'react';
import type { FormState } from '../lib/form.ts';
import { ActionForm, SubmitButton } from './form.tsx';

type Props = {
  readonly action: (state: FormState, form: FormData) => Promise<FormState>;
  readonly idempotencyKey: string;
  readonly texts: Readonly<Record<'submit' | 'pending' | 'incomplete', string>>;
};

/**
 * Opens an order with what stands behind the `#` of the address. It is taken out of the address at once, so that it stays
 * in no history, bookmark or shared screen, and is sent in a body.
 */
export function OrderOpener({ action, idempotencyKey, texts }: Props) {
  const [code, setCode] = useState<string>();
  const button = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const fragment = window.location.hash.slice(1);
    if (fragment !== '') window.history.replaceState(window.history.state, '', window.location.pathname);
    setCode((before) => (before === undefined || before === '' ? fragment : before));
  }, []);
  useEffect(() => {
    if (code !== undefined && code !== '') button.current?.closest('form')?.requestSubmit();
  }, [code]);
  if (code === '') return <p role="alert">{texts.incomplete}</p>;
  return (
    <ActionForm action={action} className="space-y-4" idempotencyKey={idempotencyKey}>
      {() => (
        <div ref={button}>
          <input type="hidden" name="accessCode" value={code ?? ''} />
          <SubmitButton className="button button-primary w-full" pendingLabel={texts.pending}>
            {texts.submit}
          </SubmitButton>
        </div>
      )}
    </ActionForm>
  );
}
