'use client';

import { useState } from 'react';
import { Field } from './form.tsx';
import { RadioCard } from './radio-card.tsx';

type Option = {
  readonly id: string;
  readonly name: string;
  readonly price: string;
  readonly days: string;
  readonly isMeetUp: boolean;
};

/** How a store may ship its part of the order. */
export type ShippingGroup = {
  readonly storeId: string;
  readonly storeName: string;
  readonly selectedId: string | null;
  readonly safePointId: string | null;
  readonly options: readonly Option[];
};

/** How one store ships; where to meet, when that is how. */
export function ShippingChoice({
  group: { storeId, storeName, selectedId, safePointId, options },
  safePoints,
  labels,
}: {
  group: ShippingGroup;
  safePoints: readonly { id: string; name: string }[];
  labels: Readonly<Record<'shipping' | 'safePoint', string>>;
}) {
  const [chosenId, setChosenId] = useState(selectedId ?? options[0]?.id ?? '');
  const isMeetUp = options.some((option) => option.isMeetUp && option.id === chosenId);
  return (
    <fieldset className="space-y-2">
      <legend className="mb-1 font-semibold">
        {labels.shipping}: {storeName}
      </legend>
      {options.map(({ id, name, days, price }) => (
        <RadioCard
          key={id}
          name={`shipping.${storeId}`}
          value={id}
          checked={chosenId === id}
          onChange={() => setChosenId(id)}
        >
          <span className="grow">
            <span className="block font-medium">{name}</span>
            <span className="text-sm text-ink-muted">{days}</span>
          </span>
          <span className="font-semibold">{price}</span>
        </RadioCard>
      ))}
      {safePoints.length > 0 && isMeetUp && (
        <Field label={labels.safePoint} name={`safePoint.${storeId}`} defaultValue={safePointId ?? safePoints[0]?.id}>
          {safePoints.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Field>
      )}
    </fieldset>
  );
}
