'use client';

import { useId } from 'react';
import type { FormState } from '../lib/form.ts';

/** A field of a list of variants; its list holds what is in it. */
export function VariantCell({
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
