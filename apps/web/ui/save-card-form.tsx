'use client';

import type { Currency } from '@plaza/kernel';
import { useRef } from 'react';
import type { FormState } from '../lib/form.ts';
import { CardFields, TestCards } from './card-fields.tsx';
import { ActionForm, SubmitButton } from './form.tsx';
import { type CardEntry, StripeCard } from './stripe-card.tsx';

type Props = {
  readonly action: (state: FormState, form: FormData) => Promise<FormState>;
  readonly idempotencyKey: string;
  /** Of the provider whose own form takes the card; null: ours does. */
  readonly publishableKey: string | null;
  readonly isSimulated: boolean;
  readonly currency: Currency;
  readonly lang: string;
  readonly texts: Readonly<Record<string, string>>;
  readonly submit: string;
  readonly pending: string;
};

/** A card to be kept for later. A real provider's form is its own, and shows us only a token. */
export function SaveCardForm(props: Props) {
  const { action, publishableKey, isSimulated, currency, lang, texts, submit, pending } = props;
  const card = useRef<CardEntry>(null);
  const sealFirst = async (state: FormState, form: FormData): Promise<FormState> => {
    const sealed = await card.current?.seal();
    if (sealed === undefined || 'mistake' in sealed) return { error: sealed?.mistake ?? texts.unavailable ?? '' };
    form.set('token', sealed.token);
    return action(state, form);
  };
  return (
    <ActionForm
      action={publishableKey === null ? action : sealFirst}
      className="space-y-4"
      idempotencyKey={props.idempotencyKey}
    >
      {(state) => (
        <>
          {publishableKey === null ? (
            <CardFields state={state} texts={texts} />
          ) : (
            <StripeCard
              ref={card}
              publishableKey={publishableKey}
              amountMinor={0}
              currency={currency}
              lang={lang}
              unavailable={texts.unavailable ?? ''}
              isKept
            />
          )}
          {isSimulated && <TestCards texts={texts} isKept />}
          <SubmitButton pendingLabel={pending}>{submit}</SubmitButton>
        </>
      )}
    </ActionForm>
  );
}
