'use client';

import { useState } from 'react';
import type { FormState } from '../lib/form.ts';
import { useHeld } from './held.ts';
import { VariantCell } from './variant-cell.tsx';
import { inUse, type Licenses, VariantFields, type VariantTexts } from './variant-fields.tsx';
import { blankRow, sentRows, type VariantKind, type VariantRow, withKeys } from './variant-rows.ts';

type Props = {
  readonly state: FormState;
  readonly initial: readonly VariantRow[];
  readonly initialOptions: readonly string[];
  readonly kind: VariantKind;
  readonly licenses: Licenses;
  readonly texts: VariantTexts;
};

/** What can be bought of a listing: its prices, by up to three options such as color and size. */
export function VariantsEditor({ state, initial, initialOptions, kind, licenses, texts }: Props) {
  const [rows, setRows] = useState(() =>
    withKeys(sentRows(state) ?? (initial.length === 0 ? [blankRow(kind)] : initial)),
  );
  const [options, setOptions] = useState(() =>
    [0, 1, 2].map((index) => state.values?.[`optionName.${index}`] ?? initialOptions[index] ?? ''),
  );
  const held = useHeld({ rows, options }, (before) => {
    setRows(before.rows);
    setOptions(before.options);
  });
  const add = () =>
    setRows((before) => [
      ...before,
      {
        ...blankRow(kind),
        price: before.at(-1)?.price ?? '',
        license: licenses[before.length]?.id ?? '',
        key: crypto.randomUUID(),
      },
    ]);
  const change = (key: string, part: Partial<VariantRow>) =>
    setRows((before) => before.map((row) => (row.key === key ? { ...row, ...part } : row)));
  const remove = (key: string) => setRows((before) => before.filter((row) => row.key !== key));
  return (
    <fieldset {...held} className="space-y-4">
      <legend className="font-heading text-xl font-bold">{texts.title}</legend>
      <p className="text-sm text-ink-muted">{texts.hint}</p>
      <details open={inUse(options).length > 0} className="rounded-medium border border-line p-3">
        <summary className="font-medium">{texts.options}</summary>
        <p className="pt-2 text-sm text-ink-muted">{texts.optionHint}</p>
        <div className="grid gap-3 pt-2 sm:grid-cols-3">
          {options.map((name, index) => (
            <VariantCell
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
      {rows.map((row, index) => (
        <VariantFields
          key={row.key}
          index={index}
          row={row}
          options={options}
          kind={kind}
          licenses={licenses}
          state={state}
          texts={texts}
          onChange={(part) => change(row.key, part)}
          onRemove={rows.length > 1 ? () => remove(row.key) : undefined}
        />
      ))}
      {kind === 'physical' && <p className="text-sm text-ink-muted">{texts.unlimited}</p>}
      <button type="button" className="button button-outline" onClick={add}>
        {texts.add}
      </button>
    </fieldset>
  );
}
