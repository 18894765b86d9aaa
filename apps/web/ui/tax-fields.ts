import type { TaxDetails } from '@plaza/orders/contract';
import { countriesIn } from '../lib/address.ts';
import type { Translate } from '../lib/messages.ts';
import type { FieldSpec } from './simple-form.tsx';

type Address = Partial<TaxDetails['address']> | null;

/** The fields of tax details: whom a document names, and where they are. */
export function taxFields(
  t: Translate,
  lang: string,
  given: {
    /** Names the object that the API takes them in. */
    readonly prefix: string;
    readonly countries: readonly string[];
    readonly details: TaxDetails | null;
    /** Suggested where nothing was entered. */
    readonly address?: Address;
    /** The whole form is about them; a store may have no tax id, a buyer who asks for an invoice has one. */
    readonly isRequired?: boolean;
    readonly needsTaxId?: boolean;
  },
): FieldSpec[] {
  const { prefix, countries, details, isRequired = false, needsTaxId = false } = given;
  const address: Address = details?.address ?? given.address ?? null;
  const field = (name: string, label: string, value: string | undefined, more: Partial<FieldSpec> = {}): FieldSpec => ({
    name: `${prefix}${name}`,
    label,
    required: isRequired,
    maxLength: 200,
    defaultValue: value,
    ...more,
  });
  return [
    field('name', t('tax.name'), details?.name, { autoComplete: 'organization' }),
    field('taxId', t('tax.id'), details?.taxId ?? undefined, {
      required: needsTaxId,
      maxLength: 40,
      autoComplete: 'off',
      ...(isRequired && !needsTaxId ? { hint: t('tax.idOptional') } : {}),
    }),
    field('address.line1', t('field.line1'), address?.line1, { autoComplete: 'address-line1' }),
    field('address.city', t('field.city'), address?.city, { autoComplete: 'address-level2' }),
    field('address.region', t('field.region'), address?.region, { required: false, autoComplete: 'address-level1' }),
    field('address.postalCode', t('field.postalCode'), address?.postalCode, {
      maxLength: 20,
      autoComplete: 'postal-code',
    }),
    field('address.countryCode', t('field.countryCode'), address?.countryCode ?? countries[0], {
      autoComplete: 'country',
      options: countriesIn(lang, countries).map(({ code, name }) => ({ value: code, label: name })),
    }),
  ];
}
