'use client';

import { useState } from 'react';
import type { FormState } from '../lib/form.ts';
import { ActionForm, Field, SubmitButton } from './form.tsx';
import { type ImageTexts, ImageUploads } from './image-uploads.tsx';

export type ShippingRow = Readonly<Record<'id' | 'name' | 'price' | 'freeOver' | 'daysMin' | 'daysMax', string>>;
type Texts = Readonly<
  Record<
    | 'name'
    | 'description'
    | 'returns'
    | 'shippingPolicy'
    | 'contact'
    | 'city'
    | 'region'
    | 'country'
    | 'place'
    | 'none'
    | 'shipping'
    | 'shippingHint'
    | 'optionName'
    | 'price'
    | 'freeOver'
    | 'daysMin'
    | 'daysMax'
    | 'addOption'
    | 'save'
    | 'pending',
    string
  >
> & { readonly logo: ImageTexts };

type Props = {
  readonly lang: string;
  readonly action: (state: FormState, form: FormData) => Promise<FormState>;
  readonly values: Readonly<Record<string, string>>;
  readonly shipping: readonly ShippingRow[];
  readonly countries: readonly { readonly id: string; readonly name: string }[];
  readonly texts: Texts;
  readonly idempotencyKey: string;
};

const BLANK: ShippingRow = { id: '', name: '', price: '', freeOver: '', daysMin: '2', daysMax: '5' };

/** Everything a store says, with the ways it ships. */
export function StoreForm({ lang, action, values, shipping, countries, texts, idempotencyKey }: Props) {
  // One row more than there are: the next way to ship can be written without scripts too.
  const [rows, setRows] = useState([...shipping, BLANK]);
  return (
    <ActionForm action={action} className="space-y-6" idempotencyKey={idempotencyKey}>
      {(state) => {
        const field = (name: string, label: string, rowCount?: number) => (
          <Field
            label={label}
            name={name}
            state={state}
            defaultValue={values[name] ?? ''}
            {...(rowCount === undefined ? { maxLength: 100 } : { type: 'textarea', rows: rowCount, maxLength: 5000 })}
          />
        );
        return (
          <>
            <section className="card space-y-4 p-5">
              <Field
                label={texts.name}
                name="name"
                state={state}
                required
                minLength={2}
                maxLength={100}
                defaultValue={values.name ?? ''}
              />
              <ImageUploads lang={lang} purpose="store-logo" initial={[]} max={1} texts={texts.logo} />
              {field('description', texts.description, 4)}
              <fieldset className="grid gap-4 sm:grid-cols-3">
                <legend className="pb-2 font-semibold">{texts.place}</legend>
                {field('location.city', texts.city)}
                {field('location.region', texts.region)}
                <Field
                  label={texts.country}
                  name="location.countryCode"
                  state={state}
                  defaultValue={values['location.countryCode'] ?? ''}
                >
                  <option value="">{texts.none}</option>
                  {countries.map(({ id, name }) => (
                    <option key={id} value={id}>
                      {name}
                    </option>
                  ))}
                </Field>
              </fieldset>
              {field('policies.returns', texts.returns, 3)}
              {field('policies.shipping', texts.shippingPolicy, 3)}
              {field('policies.contact', texts.contact, 2)}
            </section>
            <fieldset className="card space-y-4 p-5">
              <legend className="sr-only">{texts.shipping}</legend>
              <h2 className="font-heading text-xl font-bold">{texts.shipping}</h2>
              <p className="text-sm text-ink-muted">{texts.shippingHint}</p>
              {rows.map((row, index) => {
                const at = `shippingOptions.${index}`;
                const cell = (name: keyof ShippingRow, label: string, isNumber = true) => (
                  <Field
                    label={label}
                    name={`${at}.${name}`}
                    state={state}
                    defaultValue={row[name]}
                    maxLength={100}
                    inputMode={isNumber ? 'decimal' : 'text'}
                  />
                );
                return (
                  <div
                    key={row.id === '' ? `new-${index}` : row.id}
                    className="grid grid-cols-2 gap-3 border-t border-line pt-3 sm:grid-cols-5"
                  >
                    <input type="hidden" name={`${at}.id`} value={row.id} />
                    <div className="col-span-2 sm:col-span-1">{cell('name', texts.optionName, false)}</div>
                    {cell('price', texts.price)}
                    {cell('freeOver', texts.freeOver)}
                    {cell('daysMin', texts.daysMin)}
                    {cell('daysMax', texts.daysMax)}
                  </div>
                );
              })}
              <button
                type="button"
                className="button button-outline"
                onClick={() => setRows((before) => [...before, BLANK])}
              >
                {texts.addOption}
              </button>
            </fieldset>
            <SubmitButton pendingLabel={texts.pending}>{texts.save}</SubmitButton>
          </>
        );
      }}
    </ActionForm>
  );
}
