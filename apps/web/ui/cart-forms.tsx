'use client';

import { useRef } from 'react';
import type { FormState } from '../lib/form.ts';
import { ActionForm, Field, SubmitButton } from './form.tsx';

type Action = (state: FormState, form: FormData) => Promise<FormState>;

type CartLineProps = {
  readonly action: Action;
  readonly quantity: number;
  readonly isFixed: boolean;
  readonly labels: Readonly<Record<'quantity' | 'update' | 'remove' | 'of', string>>;
  readonly idempotencyKey: string;
};

/** Typing pauses this long before the new quantity is sent. */
const PAUSE_MS = 500;

/** Quantity and removal of a line. The quantity is sent as it is changed; without script by a button. */
export function CartLineForm({ action, quantity, isFixed, labels, idempotencyKey }: CartLineProps) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const sendSoon = ({ form, validity }: HTMLInputElement) => {
    clearTimeout(timer.current);
    if (validity.valid) timer.current = setTimeout(() => form?.requestSubmit(), PAUSE_MS);
  };
  return (
    <ActionForm action={action} className="flex flex-wrap items-center gap-2 text-sm" idempotencyKey={idempotencyKey}>
      {() => (
        <>
          {!isFixed && (
            <>
              <input
                className="input min-h-10! w-20!"
                type="number"
                name="quantity"
                min={1}
                max={9999}
                required
                defaultValue={quantity}
                key={quantity}
                aria-label={`${labels.quantity}: ${labels.of}`}
                onChange={(event) => sendSoon(event.target)}
              />
              {/* The first submit button is what Enter presses: it must not be the one that removes. */}
              <button type="submit" hidden />
              <noscript>
                <button type="submit" className="button button-quiet">
                  {labels.update}
                </button>
              </noscript>
            </>
          )}
          <button
            type="submit"
            name="intent"
            value="remove"
            className="link px-2 py-2"
            aria-label={`${labels.remove}: ${labels.of}`}
          >
            {labels.remove}
          </button>
        </>
      )}
    </ActionForm>
  );
}

export function CouponForm({
  action,
  labels,
  idempotencyKey,
}: {
  action: Action;
  labels: { code: string; apply: string };
  idempotencyKey: string;
}) {
  return (
    <ActionForm action={action} className="space-y-2" idempotencyKey={idempotencyKey}>
      {(state) => (
        <div className="flex items-end gap-2">
          <div className="grow">
            <Field label={labels.code} name="code" state={state} maxLength={40} autoComplete="off" />
          </div>
          <SubmitButton className="button button-quiet">{labels.apply}</SubmitButton>
        </div>
      )}
    </ActionForm>
  );
}

/** A form that is one button. */
export function PlainActionForm({
  action,
  idempotencyKey,
  label,
  className = 'button button-quiet',
  isDisabled = false,
  fields = {},
}: {
  action: Action;
  idempotencyKey: string;
  label: string;
  className?: string;
  isDisabled?: boolean;
  fields?: Readonly<Record<string, string>>;
}) {
  return (
    <ActionForm action={action} className="space-y-2" idempotencyKey={idempotencyKey}>
      {() => (
        <>
          {Object.entries(fields).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          {isDisabled ? (
            <button type="button" className={className} disabled>
              {label}
            </button>
          ) : (
            <SubmitButton className={className}>{label}</SubmitButton>
          )}
        </>
      )}
    </ActionForm>
  );
}
