import type { FormState } from '../lib/form.ts';

/** A variant as its fields hold it, all in text. */
export type VariantRow = Readonly<
  Record<'id' | 'sku' | 'price' | 'compareAt' | 'onHand' | 'weight' | 'license', string> & {
    values: readonly [string, string, string];
  }
>;

export type VariantKind = 'physical' | 'digital' | 'service';

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

export function blankRow(kind: VariantKind): VariantRow {
  return { ...BLANK, onHand: kind === 'physical' ? '1' : '' };
}

/** A row that React knows again when others come and go. */
export type KeyedRow = VariantRow & { readonly key: string };

export function withKeys(rows: readonly VariantRow[]): KeyedRow[] {
  return rows.map((row, index) => ({ ...row, key: row.id === '' ? `new-${index}` : row.id }));
}

/** The rows that were sent before, when the page was made anew without scripts. */
export function sentRows({ values }: FormState): VariantRow[] | undefined {
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
