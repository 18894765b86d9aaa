'use client';

import type { Money } from '@plaza/kernel';
import { useRef, useState } from 'react';
import type { FormState } from '../lib/form.ts';
import { CardFields, TestCards } from './card-fields.tsx';
import { ActionForm, SubmitButton } from './form.tsx';
import { RadioCard } from './radio-card.tsx';
import { type CardEntry, StripeCard } from './stripe-card.tsx';

type Method = {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly kind: string;
  readonly provider: string;
  /** Of the provider whose own form takes the card; null: ours does. */
  readonly publishableKey: string | null;
  /** What this way costs in all, and what its button says, where that differs from the others. */
  readonly total?: Money;
  readonly payLabel?: string;
};

/** A card that the buyer saved; any of them spares the typing. */
type SavedCard = { readonly id: string; readonly label: string };

/** How to pay. A real provider's card form is its own; the simulated one says that it is, and which cards do what. */
export function PaymentForm({
  action,
  idempotencyKey,
  total,
  rest = total,
  payLabel,
  methods,
  savedCards = [],
  texts,
  lang,
  pendingLabel,
}: {
  action: (state: FormState, form: FormData) => Promise<FormState>;
  idempotencyKey: string;
  total: Money;
  /** What of the total this way to pay is asked for: a wallet may pay a part. Left out: all of it. */
  rest?: Money;
  payLabel: string;
  methods: readonly Method[];
  savedCards?: readonly SavedCard[];
  texts: Readonly<Record<string, string>>;
  lang: string;
  pendingLabel: string;
}) {
  const [methodId, setMethodId] = useState(methods.find(({ kind }) => kind === 'card')?.id ?? methods[0]?.id);
  const method = methods.find(({ id }) => id === methodId);
  const [savedId, setSavedId] = useState(savedCards[0]?.id ?? '');
  const card = useRef<CardEntry>(null);
  const isFree = rest.amountMinor === 0;
  // The wallet pays it all: there is nothing to choose.
  const isPaid = isFree && total.amountMinor > 0;
  const isSaved = method?.kind === 'card' && savedId !== '' && !isFree;
  const hasOwnForm = method?.kind === 'card' && method.publishableKey !== null && !isFree && !isSaved;
  const sealFirst = async (state: FormState, form: FormData): Promise<FormState> => {
    const sealed = await card.current?.seal();
    if (sealed === undefined || 'mistake' in sealed) return { error: sealed?.mistake ?? texts.unavailable ?? '' };
    form.set('token', sealed.token);
    return action(state, form);
  };
  return (
    <ActionForm action={hasOwnForm ? sealFirst : action} className="space-y-4" idempotencyKey={idempotencyKey}>
      {(state) => (
        <>
          <input type="hidden" name="expectedAmountMinor" value={(method?.total ?? total).amountMinor} />
          <input type="hidden" name="expectedCurrency" value={total.currency} />
          <fieldset className="space-y-2" hidden={isPaid} disabled={isPaid}>
            <legend className="mb-1 text-sm font-medium">{texts.method}</legend>
            {methods.map(({ id, label, hint, kind }) => (
              <RadioCard
                key={id}
                name="methodId"
                value={id}
                checked={methodId === id}
                onChange={() => setMethodId(id)}
                data-kind={kind}
              >
                <span>
                  <span className="block font-medium">{label}</span>
                  <span className="text-sm text-ink-muted">{hint}</span>
                </span>
              </RadioCard>
            ))}
          </fieldset>
          {method?.kind === 'card' && !isFree && savedCards.length > 0 && (
            <SavedCardChoice cards={savedCards} chosenId={savedId} onChoose={setSavedId} texts={texts} />
          )}
          {isFree || isSaved ? null : hasOwnForm && method.publishableKey !== null ? (
            <StripeCard
              ref={card}
              publishableKey={method.publishableKey}
              amountMinor={rest.amountMinor}
              currency={rest.currency}
              lang={lang}
              unavailable={texts.unavailable ?? ''}
            />
          ) : method?.kind === 'card' ? (
            <CardFields state={state} texts={texts} />
          ) : (
            <p className="text-sm text-ink-muted">{method?.kind === 'cash' ? texts.atDoor : texts.bank}</p>
          )}
          {method?.provider === 'simulated' && !isSaved && !isPaid && <TestCards texts={texts} />}
          <SubmitButton className="button button-primary w-full text-lg" pendingLabel={pendingLabel}>
            {method?.payLabel ?? payLabel}
          </SubmitButton>
        </>
      )}
    </ActionForm>
  );
}

/** A card that is saved, or another one. */
function SavedCardChoice({
  cards,
  chosenId,
  onChoose,
  texts,
}: {
  cards: readonly SavedCard[];
  chosenId: string;
  onChoose: (id: string) => void;
  texts: Readonly<Record<string, string>>;
}) {
  return (
    <label className="block space-y-1">
      <span className="block text-sm font-medium">{texts.savedCards}</span>
      <select
        name="savedMethodId"
        className="input"
        value={chosenId}
        onChange={(event) => onChoose(event.target.value)}
      >
        {cards.map(({ id, label }) => (
          <option key={id} value={id}>
            {label}
          </option>
        ))}
        <option value="">{texts.otherCard}</option>
      </select>
    </label>
  );
}
