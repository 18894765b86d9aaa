'use client';

import type { FormState } from '../lib/form.ts';
import { AddressFields, type AddressValues } from './address-fields.tsx';
import { ActionForm, Field, SubmitButton } from './form.tsx';
import { ShippingChoice, type ShippingGroup } from './shipping-choice.tsx';
import { type FieldSpec, Fields } from './simple-form.tsx';

/** Asks whom invoices are made out to. */
type Invoice = {
  readonly title: string;
  readonly hint: string;
  readonly fields: readonly FieldSpec[];
  readonly isOpen: boolean;
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
  groups: readonly ShippingGroup[];
  safePoints: readonly { id: string; name: string }[];
  texts: Readonly<Record<string, string>>;
  labels: Readonly<Record<'shipping' | 'safePoint' | 'save' | 'pending', string>>;
  note: string;
  invoice: Invoice;
}) {
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
          {groups.map((group) => (
            <ShippingChoice key={group.storeId} group={group} safePoints={safePoints} labels={labels} />
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
          <InvoiceDetails invoice={invoice} state={state} />
          <SubmitButton pendingLabel={labels.pending}>{labels.save}</SubmitButton>
        </>
      )}
    </ActionForm>
  );
}

/** Folded away, unless something is entered there or must be mended. */
function InvoiceDetails({ invoice, state }: { invoice: Invoice; state: FormState }) {
  const hasMistake = Object.keys(state.fields ?? {}).some((name) => name.startsWith('invoiceDetails.'));
  return (
    <details open={invoice.isOpen || hasMistake}>
      <summary className="font-semibold">{invoice.title}</summary>
      <div className="space-y-3 pt-3">
        <p className="text-sm text-ink-muted">{invoice.hint}</p>
        <div className="grid gap-3 sm:grid-cols-2">
          <Fields fields={invoice.fields} state={state} />
        </div>
      </div>
    </details>
  );
}
