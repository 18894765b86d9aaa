'use client';

import { useState } from 'react';
import type { BegunOffer } from '../lib/begun-offer.ts';
import type { FormState } from '../lib/form.ts';
import { ActionForm, Field, SubmitButton } from './form.tsx';
import { Link } from './link.tsx';

export function OfferForm({
  action,
  variants,
  texts,
  begun,
  offersPath,
  idempotencyKey,
}: {
  action: (state: FormState, form: FormData) => Promise<FormState>;
  variants: readonly { id: string; title: string }[];
  texts: Readonly<Record<'label' | 'choose' | 'price' | 'message' | 'send' | 'pending' | 'see', string>>;
  begun: BegunOffer;
  offersPath: string;
  idempotencyKey: string;
}) {
  // Once sent, nothing is begun any more; what was open stays so.
  const [isOpen] = useState(begun.price !== undefined);
  return (
    <details className="card p-4" open={isOpen}>
      <summary className="font-semibold">{texts.label}</summary>
      <ActionForm action={action} className="mt-3 space-y-3" idempotencyKey={idempotencyKey}>
        {(state) =>
          state.result?.isSent === true ? (
            <Link href={offersPath} className="link font-semibold">
              {texts.see}
            </Link>
          ) : (
            <>
              {variants.length > 1 ? (
                <Field label={texts.choose} name="variantId" state={state}>
                  {variants.map(({ id, title }) => (
                    <option key={id} value={id}>
                      {title}
                    </option>
                  ))}
                </Field>
              ) : (
                <input type="hidden" name="variantId" value={variants[0]?.id} />
              )}
              <Field
                label={texts.price}
                name="price"
                state={state}
                required
                inputMode="decimal"
                defaultValue={begun.price}
              />
              <Field label={texts.message} name="message" state={state} maxLength={500} defaultValue={begun.message} />
              <SubmitButton className="button button-accent" pendingLabel={texts.pending}>
                {texts.send}
              </SubmitButton>
            </>
          )
        }
      </ActionForm>
    </details>
  );
}
