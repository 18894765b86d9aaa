import type { TaxDetails } from '@plaza/orders/contract';
import { text } from './form.ts';

/** Tax details from a form whose fields are named `prefix` + the field. What is empty is empty, for the API to judge. */
export function taxDetailsOf(form: FormData, prefix: string): TaxDetails {
  const of = (name: string) => text(form, `${prefix}${name}`) ?? '';
  const region = of('address.region');
  return {
    name: of('name'),
    taxId: text(form, `${prefix}taxId`) ?? null,
    address: {
      line1: of('address.line1'),
      city: of('address.city'),
      ...(region === '' ? {} : { region }),
      postalCode: of('address.postalCode'),
      countryCode: of('address.countryCode'),
    },
  };
}
