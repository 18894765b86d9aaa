'use client';

import { useEffect, useId, useState } from 'react';
import type { FormState } from '../lib/form.ts';

export type VariantRow = Readonly<
  Record<'id' | 'sku' | 'price' | 'compareAt' | 'onHand' | 'weight' | 'license', string> & {
    values: readonly [string, string, string];
  }
>;
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

const BLANK: VariantRow = {
  id: '',
  sku: '',
  price: '',
  compareAt: '',
  onHand: '1',
  weight: '',
  license: '',
  values: ['', '', ''],
};

type Props = {
  readonly state: FormState;
  readonly initial: readonly VariantRow[];
  readonly initialOptions: readonly string[];
  readonly kind: 'physical' | 'digital' | 'service';
  readonly licenses: readonly { readonly id: string; readonly name: string }[];
  readonly texts: VariantTexts;
};

/** What can be bought of a listing: its prices, by up to three options such as color and size. */
export function VariantsEditor({ state, initial, initialOptions, kind, licenses, texts }: Props) {
  const [rows, setRows] = useState(() => keyed(rowsOf(state) ?? (initial.length === 0 ? [blankOf(kind)] : initial)));
  const [options, setOptions] = useState(() =>
    [0, 1, 2].map((index) => state.values?.[`optionName.${index}`] ?? initialOptions[index] ?? ''),
  );
  // A form that was sent is reset by the browser: lists are drawn anew with what was chosen.
  const [round, setRound] = useState(0);
  useEffect(() => setRound((before) => before + 1), [state]);
  const used = options.flatMap((name, index) => (name.trim() === '' ? [] : [index]));
  const change = (key: string, part: Partial<VariantRow>) =>
    setRows((before) => before.map((row) => (row.key === key ? { ...row, ...part } : row)));
  return (
    <fieldset className="space-y-4">
      <legend className="font-heading text-xl font-bold">{texts.title}</legend>
      <p className="text-sm text-ink-muted">{texts.hint}</p>
      <details open={used.length > 0} className="rounded-medium border border-line p-3">
        <summary className="font-medium">{texts.options}</summary>
        <p className="pt-2 text-sm text-ink-muted">{texts.optionHint}</p>
        <div className="grid gap-3 pt-2 sm:grid-cols-3">
          {options.map((name, index) => (
            <Cell
              key={index}
              name={`optionName.${index}`}
              label={`${texts.optionName} ${index + 1}`}
              value={name}
              state={state}
              maxLength={60}
              onChange={(value) => setOptions((before) => before.map((each, i) => (i === index ? value : each)))}
            />
          ))}
        </div>
      </details>
      {rows.map((row, index) => {
        const at = `variants.${index}`;
        const cell = (field: keyof VariantRow, name: string, label: string, isNumber = false, isRequired = false) => (
          <Cell
            name={`${at}.${name}`}
            label={label}
            value={String(row[field])}
            state={state}
            isNumber={isNumber}
            isRequired={isRequired}
            onChange={(value) => change(row.key, { [field]: value })}
          />
        );
        return (
          <fieldset key={row.key} className="space-y-3 rounded-medium border border-line p-3">
            <legend className="px-1 text-sm font-semibold">
              {texts.variant} {index + 1}
            </legend>
            {row.id !== '' && <input type="hidden" name={`${at}.id`} value={row.id} />}
            <div className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-4">
              {used.map((option) => (
                <Cell
                  key={option}
                  name={`${at}.option.${option}`}
                  label={options[option] ?? ''}
                  value={row.values[option] ?? ''}
                  state={state}
                  isRequired
                  onChange={(value) =>
                    change(row.key, {
                      values: row.values.map((each, i) =>
                        i === option ? value : each,
                      ) as unknown as VariantRow['values'],
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
                <label className="space-y-1 text-sm font-medium">
                  <span className="block">{texts.license}</span>
                  <select
                    key={round}
                    className="input"
                    name={`${at}.licenseCode`}
                    value={row.license === '' ? licenses[0]?.id : row.license}
                    onChange={(event) => change(row.key, { license: event.target.value })}
                  >
                    {licenses.map(({ id, name }) => (
                      <option key={id} value={id}>
                        {name}
                      </option>
                    ))}
                  </select>
                </label>
              )}
            </div>
            {rows.length > 1 && (
              <button
                type="button"
                className="link min-h-10 px-1 text-sm"
                onClick={() => setRows((before) => before.filter(({ key }) => key !== row.key))}
              >
                {texts.remove} {index + 1}
              </button>
            )}
          </fieldset>
        );
      })}
      {kind === 'physical' && <p className="text-sm text-ink-muted">{texts.unlimited}</p>}
      <button
        type="button"
        className="button button-outline"
        onClick={() =>
          setRows((before) => [
            ...before,
            {
              ...blankOf(kind),
              price: before.at(-1)?.price ?? '',
              license: licenses[before.length]?.id ?? '',
              key: crypto.randomUUID(),
            },
          ])
        }
      >
        {texts.add}
      </button>
    </fieldset>
  );
}

function Cell({
  name,
  label,
  value,
  state,
  onChange,
  isNumber = false,
  isRequired = false,
  maxLength = 120,
}: {
  name: string;
  label: string;
  value: string;
  state: FormState;
  onChange: (value: string) => void;
  isNumber?: boolean;
  isRequired?: boolean;
  maxLength?: number;
}) {
  const id = useId();
  const wrong = state.fields?.[name];
  return (
    <div className="space-y-1">
      <label htmlFor={id} className="block text-sm font-medium">
        {label}
        {isRequired && (
          <span aria-hidden="true" className="text-danger">
            {' '}
            *
          </span>
        )}
      </label>
      <input
        id={id}
        className="input"
        name={name}
        value={value}
        required={isRequired}
        maxLength={maxLength}
        inputMode={isNumber ? 'decimal' : 'text'}
        autoComplete="off"
        aria-invalid={wrong !== undefined}
        aria-describedby={wrong === undefined ? undefined : `${id}-mistake`}
        onChange={(event) => onChange(event.target.value)}
      />
      {wrong !== undefined && (
        <p id={`${id}-mistake`} className="text-sm font-medium text-danger">
          {wrong}
        </p>
      )}
    </div>
  );
}

const keyed = (rows: readonly VariantRow[]) =>
  rows.map((row, index) => ({ ...row, key: row.id === '' ? `new-${index}` : row.id }));

const blankOf = (kind: Props['kind']): VariantRow => ({ ...BLANK, onHand: kind === 'physical' ? '1' : '' });

/** The rows that were sent before, when the page was made anew without scripts. */
function rowsOf({ values }: FormState): VariantRow[] | undefined {
  if (values?.['variants.0.price.amount'] === undefined) return undefined;
  const rows: VariantRow[] = [];
  for (let index = 0; values[`variants.${index}.price.amount`] !== undefined; index++) {
    const of = (name: string) => values[`variants.${index}.${name}`] ?? '';
    rows.push({
      id: of('id'),
      sku: of('sku'),
      price: of('price.amount'),
      compareAt: of('compareAtPrice.amount'),
      onHand: of('onHand'),
      weight: of('weightGrams'),
      license: of('licenseCode'),
      values: [of('option.0'), of('option.1'), of('option.2')],
    });
  }
  return rows;
}
