'use client';

import type { FormState } from '../lib/form.ts';
import { AddressFields, type AddressValues } from './address-fields.tsx';
import { ActionForm, SubmitButton } from './form.tsx';

type Props = {
  readonly action: (state: FormState, form: FormData) => Promise<FormState>;
  readonly address: AddressValues | null;
  readonly countries: readonly { code: string; name: string }[];
  readonly texts: Readonly<Record<string, string>>;
  readonly save: string;
  readonly pending: string;
  readonly idempotencyKey: string;
};

/** An address of the address book. */
export function AddressForm({ action, address, countries, texts, save, pending, idempotencyKey }: Props) {
  return (
    <ActionForm action={action} className="space-y-4" idempotencyKey={idempotencyKey}>
      {(state) => (
        <>
          <AddressFields state={state} address={address} countries={countries} texts={texts} prefix="" />
          <SubmitButton pendingLabel={pending}>{save}</SubmitButton>
        </>
      )}
    </ActionForm>
  );
}
