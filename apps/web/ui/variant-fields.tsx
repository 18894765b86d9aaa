'use client';

import { useEffect, useState } from 'react';
import type { FormState } from '../lib/form.ts';
import { VariantCell } from './variant-cell.tsx';
import type { VariantKind, VariantRow } from './variant-rows.ts';

export type VariantTexts = Readonly<
  Record<
    | 'title'
    | 'hint'
    | 'options'
    | 'optionName'
    | 'optionHint'
    | 'price'
    | 'compareAt'
    | 'sku'
    | 'onHand'
    | 'unlimited'
    | 'weight'
    | 'license'
    | 'none'
    | 'add'
    | 'remove'
    | 'variant',
    string
  >
>;

export type Licenses = readonly { readonly id: string; readonly name: string }[];

type Props = {
  readonly index: number;
  readonly row: VariantRow;
  /** The listing's options; those without a name are not in use. */
  readonly options: readonly string[];
  readonly kind: VariantKind;
  readonly licenses: Licenses;
  readonly state: FormState;
  readonly texts: VariantTexts;
  readonly onChange: (part: Partial<VariantRow>) => void;
  /** None: it is the only one. */
  readonly onRemove: (() => void) | undefined;
};

/** One variant: what it is of each option, what it costs, and how many there are. */
export function VariantFields({ index, row, options, kind, licenses, state, texts, onChange, onRemove }: Props) {
  const at = `variants.${index}`;
  const cell = (field: keyof VariantRow, name: string, label: string, isNumber = false, isRequired = false) => (
    <VariantCell
      name={`${at}.${name}`}
      label={label}
      value={String(row[field])}
      state={state}
      isNumber={isNumber}
      isRequired={isRequired}
      onChange={(value) => onChange({ [field]: value })}
    />
  );
  return (
    <fieldset className="space-y-3 rounded-medium border border-line p-3">
      <legend className="px-1 text-sm font-semibold">
        {texts.variant} {index + 1}
      </legend>
      {row.id !== '' && <input type="hidden" name={`${at}.id`} value={row.id} />}
      <div className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-4">
        {inUse(options).map((option) => (
          <VariantCell
            key={option}
            name={`${at}.option.${option}`}
            label={options[option] ?? ''}
            value={row.values[option] ?? ''}
            state={state}
            isRequired
            onChange={(value) =>
              onChange({
                values: row.values.map((each, i) => (i === option ? value : each)) as unknown as VariantRow['values'],
              })
            }
          />
        ))}
        {cell('price', 'price.amount', texts.price, true, true)}
        {cell('compareAt', 'compareAtPrice.amount', texts.compareAt, true)}
        {row.id === '' && kind === 'physical' && cell('onHand', 'onHand', texts.onHand, true)}
        {cell('sku', 'sku', texts.sku)}
        {kind === 'physical' && cell('weight', 'weightGrams', texts.weight, true)}
        {kind === 'digital' && (
          <LicenseChoice
            name={`${at}.licenseCode`}
            label={texts.license}
            licenses={licenses}
            chosen={row.license}
            state={state}
            onChange={(license) => onChange({ license })}
          />
        )}
      </div>
      {onRemove !== undefined && (
        <button type="button" className="link min-h-10 px-1 text-sm" onClick={onRemove}>
          {texts.remove} {index + 1}
        </button>
      )}
    </fieldset>
  );
}

/** Which of the options have a name. */
export function inUse(options: readonly string[]): number[] {
  return options.flatMap((name, index) => (name.trim() === '' ? [] : [index]));
}

function LicenseChoice({
  name,
  label,
  licenses,
  chosen,
  state,
  onChange,
}: {
  name: string;
  label: string;
  licenses: Licenses;
  chosen: string;
  state: FormState;
  onChange: (license: string) => void;
}) {
  // A form that was sent is reset by the browser: lists are drawn anew with what was chosen.
  const [round, setRound] = useState(0);
  useEffect(() => setRound((before) => before + 1), [state]);
  return (
    <label className="space-y-1 text-sm font-medium">
      <span className="block">{label}</span>
      <select
        key={round}
        className="input"
        name={name}
        value={chosen === '' ? licenses[0]?.id : chosen}
        onChange={(event) => onChange(event.target.value)}
      >
        {licenses.map((license) => (
          <option key={license.id} value={license.id}>
            {license.name}
          </option>
        ))}
      </select>
    </label>
  );
}
