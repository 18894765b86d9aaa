'use client';

import type { PublicAttribute } from '@plaza/kernel/marketplace';
import type { FormState } from '../lib/form.ts';
import { Field } from './form.tsx';

type Value = string | number | boolean | readonly string[];
type Props = {
  readonly schema: readonly PublicAttribute[];
  readonly values: Readonly<Record<string, Value>>;
  readonly state: FormState;
  readonly texts: { readonly yes: string; readonly no: string; readonly none: string };
};

/** The fields that the category asks for. Required ones may wait until the listing is published. */
export function AttributeFields({ schema, values, state, texts }: Props) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {schema.map(({ key, label, type, unit, options, required }) => {
        const name = `attributes.${key}`;
        const value = values[key];
        const title = `${label}${unit === undefined ? '' : ` (${unit})`}${required ? ' •' : ''}`;
        if (type === 'multi-enum')
          return (
            <fieldset key={key} className="space-y-1 sm:col-span-2">
              <legend className="text-sm font-medium">{title}</legend>
              <div className="flex flex-wrap gap-2">
                {(options ?? []).map((option) => {
                  const field = `${name}.${option.value}`;
                  const isChosen =
                    state.values === undefined
                      ? Array.isArray(value) && value.includes(option.value)
                      : state.values[field] === 'on';
                  return (
                    <label key={option.value} className="chip min-h-10">
                      <input type="checkbox" name={field} defaultChecked={isChosen} key={String(isChosen)} />
                      {option.label}
                    </label>
                  );
                })}
              </div>
              {state.fields?.[name] !== undefined && (
                <p className="text-sm font-medium text-danger">{state.fields[name]}</p>
              )}
            </fieldset>
          );
        const choices =
          type === 'boolean'
            ? [
                { value: 'true', label: texts.yes },
                { value: 'false', label: texts.no },
              ]
            : type === 'enum'
              ? options
              : undefined;
        const shared = { name, label: title, state, defaultValue: value === undefined ? '' : String(value) };
        return choices === undefined ? (
          <Field key={key} {...shared} inputMode={type === 'number' ? 'decimal' : 'text'} maxLength={2000} />
        ) : (
          <Field key={key} {...shared}>
            <option value="">{texts.none}</option>
            {choices.map((choice) => (
              <option key={choice.value} value={choice.value}>
                {choice.label}
              </option>
            ))}
          </Field>
        );
      })}
    </div>
  );
}
