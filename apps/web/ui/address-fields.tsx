'use client';

import type { FormState } from '../lib/form.ts';
import { Field } from './form.tsx';

export type AddressValues = Readonly<
  Partial<
    Record<
      'recipientName' | 'phone' | 'line1' | 'line2' | 'city' | 'region' | 'postalCode' | 'countryCode',
      string | undefined
    >
  >
>;

/** The fields of a postal address. `prefix` names the object that the API takes them in. */
export function AddressFields({
  state,
  address,
  countries,
  texts,
  prefix = 'address.',
}: {
  state: FormState;
  address: AddressValues | null;
  countries: readonly { code: string; name: string }[];
  texts: Readonly<Record<string, string>>;
  prefix?: string;
}) {
  const field = (name: keyof AddressValues, autoComplete: string, { required = true, type = 'text' } = {}) => (
    <Field
      type={type}
      label={texts[name] ?? name}
      name={`${prefix}${name}`}
      state={state}
      required={required}
      autoComplete={autoComplete}
      defaultValue={address?.[name] ?? ''}
      maxLength={200}
    />
  );
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      {field('recipientName', 'name')}
      {field('phone', 'tel', { type: 'tel' })}
      <div className="sm:col-span-2">{field('line1', 'address-line1')}</div>
      <div className="sm:col-span-2">{field('line2', 'address-line2', { required: false })}</div>
      {field('city', 'address-level2')}
      {field('region', 'address-level1', { required: false })}
      {field('postalCode', 'postal-code')}
      <Field
        label={texts.countryCode ?? ''}
        name={`${prefix}countryCode`}
        state={state}
        required
        autoComplete="country"
        defaultValue={address?.countryCode ?? countries[0]?.code}
      >
        {countries.map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </Field>
    </div>
  );
}
