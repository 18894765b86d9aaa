'use client';

import { useRef, useState } from 'react';
import type { FormState } from '../lib/form.ts';
import { ActionForm, Field, SubmitButton } from './form.tsx';
import { type CardEntry, StripeCard } from './stripe-card.tsx';

type Method = {
  readonly id: string;
  readonly label: string;
  readonly hint: string;
  readonly kind: string;
  readonly provider: string;
  /** Of the provider whose own form takes the card; null: ours does. */
  readonly publishableKey: string | null;
};

const TEST_CARDS = [
  ['4242 4242 4242 4242', 'succeeds'],
  ['4000 0000 0000 0002', 'declines'],
  ['4000 0025 0000 3155', 'challenges'],
  ['4000 0000 0000 0077', 'late'],
] as const;

/** How to pay. A real provider's card form is its own; the simulated one says that it is, and which cards do what. */
export function PaymentForm({
  action,
  idempotencyKey,
  total,
  payLabel,
  methods,
  texts,
  lang,
  pendingLabel,
}: {
  action: (state: FormState, form: FormData) => Promise<FormState>;
  idempotencyKey: string;
  total: { amountMinor: number; currency: string };
  payLabel: string;
  methods: readonly Method[];
  texts: Readonly<Record<string, string>>;
  lang: string;
  pendingLabel: string;
}) {
  const [methodId, setMethodId] = useState(methods.find(({ kind }) => kind === 'card')?.id ?? methods[0]?.id);
  const method = methods.find(({ id }) => id === methodId);
  const card = useRef<CardEntry>(null);
  const isFree = total.amountMinor === 0;
  const hasOwnForm = method?.kind === 'card' && method.publishableKey !== null && !isFree;
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
          <input type="hidden" name="expectedAmountMinor" value={total.amountMinor} />
          <input type="hidden" name="expectedCurrency" value={total.currency} />
          <fieldset className="space-y-2">
            <legend className="mb-1 text-sm font-medium">{texts.method}</legend>
            {methods.map(({ id, label, hint, kind }) => (
              <label
                key={id}
                className="flex items-center gap-3 rounded-small border border-line p-3 has-checked:border-primary"
              >
                <input
                  type="radio"
                  name="methodId"
                  value={id}
                  checked={methodId === id}
                  onChange={() => setMethodId(id)}
                  className="size-5 accent-primary"
                  data-kind={kind}
                />
                <span>
                  <span className="block font-medium">{label}</span>
                  <span className="text-sm text-ink-muted">{hint}</span>
                </span>
              </label>
            ))}
          </fieldset>
          {isFree ? null : hasOwnForm && method.publishableKey !== null ? (
            <StripeCard
              ref={card}
              publishableKey={method.publishableKey}
              amountMinor={total.amountMinor}
              currency={total.currency}
              lang={lang}
              unavailable={texts.unavailable ?? ''}
            />
          ) : method?.kind === 'card' ? (
            <div className="grid gap-3 sm:grid-cols-[1fr_7rem_7rem]">
              <Field
                label={texts.number ?? ''}
                name="number"
                state={state}
                required
                inputMode="numeric"
                autoComplete="cc-number"
                placeholder="4242 4242 4242 4242"
              />
              <Field
                label={texts.expiry ?? ''}
                name="expiry"
                state={state}
                required
                inputMode="numeric"
                autoComplete="cc-exp"
                placeholder="12/34"
                pattern="(0[1-9]|1[0-2])\s*/\s*(\d{2}|\d{4})"
              />
              <Field
                label={texts.securityCode ?? ''}
                name="securityCode"
                state={state}
                required
                inputMode="numeric"
                autoComplete="cc-csc"
                placeholder="123"
                pattern="\d{3,4}"
              />
            </div>
          ) : (
            <p className="text-sm text-ink-muted">{texts.bank}</p>
          )}
          {method?.provider === 'simulated' && (
            <details className="rounded-small bg-muted p-3 text-sm" open>
              <summary className="font-semibold">{texts.simulated}</summary>
              <p className="mt-2">{texts.testCards}</p>
              <ul className="mt-1 space-y-0.5">
                {TEST_CARDS.map(([number, what]) => (
                  <li key={number}>
                    <code className="font-mono">{number}</code> — {texts[what]}
                  </li>
                ))}
              </ul>
            </details>
          )}
          <SubmitButton className="button button-primary w-full text-lg" pendingLabel={pendingLabel}>
            {payLabel}
          </SubmitButton>
        </>
      )}
    </ActionForm>
  );
}
