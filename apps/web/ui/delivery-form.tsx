'use client';

import { useState } from 'react';
import type { FormState } from '../lib/form.ts';
import { AddressFields, type AddressValues } from './address-fields.tsx';
import { ActionForm, Field, SubmitButton } from './form.tsx';
import { type FieldSpec, Fields } from './simple-form.tsx';

type Option = {
  readonly id: string;
  readonly name: string;
  readonly price: string;
  readonly days: string;
  readonly isMeetUp: boolean;
};
type Group = {
  readonly storeId: string;
  readonly storeName: string;
  readonly selectedId: string | null;
  readonly safePointId: string | null;
  readonly options: readonly Option[];
};

/** Who gets it, where, and how each store ships. */
export function DeliveryForm({
  action,
  idempotencyKey,
  email,
  needsShipping,
  address,
  countries,
  groups,
  safePoints,
  texts,
  labels,
  note,
  invoice,
}: {
  action: (state: FormState, form: FormData) => Promise<FormState>;
  idempotencyKey: string;
  email: string;
  needsShipping: boolean;
  address: AddressValues | null;
  countries: readonly { code: string; name: string }[];
  groups: readonly Group[];
  safePoints: readonly { id: string; name: string }[];
  texts: Readonly<Record<string, string>>;
  labels: Readonly<Record<'shipping' | 'safePoint' | 'save' | 'pending', string>>;
  note: string;
  /** Asks whom invoices are made out to. */
  invoice: {
    readonly title: string;
    readonly hint: string;
    readonly fields: readonly FieldSpec[];
    readonly isOpen: boolean;
  };
}) {
  const [chosen, setChosen] = useState<Readonly<Record<string, string>>>(
    Object.fromEntries(groups.map(({ storeId, selectedId, options }) => [storeId, selectedId ?? options[0]?.id ?? ''])),
  );
  return (
    <ActionForm action={action} className="space-y-5" idempotencyKey={idempotencyKey} isKept>
      {(state) => (
        <>
          <Field
            label={texts.email ?? ''}
            name="email"
            type="email"
            state={state}
            required
            autoComplete="email"
            inputMode="email"
            defaultValue={email}
            maxLength={254}
          />
          {needsShipping && <AddressFields state={state} address={address} countries={countries} texts={texts} />}
          {groups.map(({ storeId, storeName, options, safePointId }) => (
            <fieldset key={storeId} className="space-y-2">
              <legend className="mb-1 font-semibold">
                {labels.shipping}: {storeName}
              </legend>
              {options.map((option) => (
                <label
                  key={option.id}
                  className="flex items-center gap-3 rounded-small border border-line p-3 has-checked:border-primary"
                >
                  <input
                    type="radio"
                    name={`shipping.${storeId}`}
                    value={option.id}
                    checked={chosen[storeId] === option.id}
                    onChange={() => setChosen({ ...chosen, [storeId]: option.id })}
                    className="size-5 accent-primary"
                  />
                  <span className="grow">
                    <span className="block font-medium">{option.name}</span>
                    <span className="text-sm text-ink-muted">{option.days}</span>
                  </span>
                  <span className="font-semibold">{option.price}</span>
                </label>
              ))}
              {safePoints.length > 0 && options.some(({ id, isMeetUp }) => isMeetUp && chosen[storeId] === id) && (
                <Field
                  label={labels.safePoint}
                  name={`safePoint.${storeId}`}
                  defaultValue={safePointId ?? safePoints[0]?.id}
                >
                  {safePoints.map(({ id, name }) => (
                    <option key={id} value={id}>
                      {name}
                    </option>
                  ))}
                </Field>
              )}
            </fieldset>
          ))}
          <Field
            label={texts.note ?? ''}
            name="note"
            type="textarea"
            rows={2}
            state={state}
            defaultValue={note}
            maxLength={1000}
          />
          <details
            open={invoice.isOpen || Object.keys(state.fields ?? {}).some((name) => name.startsWith('invoiceDetails.'))}
          >
            <summary className="font-semibold">{invoice.title}</summary>
            <div className="space-y-3 pt-3">
              <p className="text-sm text-ink-muted">{invoice.hint}</p>
              <div className="grid gap-3 sm:grid-cols-2">
                <Fields fields={invoice.fields} state={state} />
              </div>
            </div>
          </details>
          <SubmitButton pendingLabel={labels.pending}>{labels.save}</SubmitButton>
        </>
      )}
    </ActionForm>
  );
}
