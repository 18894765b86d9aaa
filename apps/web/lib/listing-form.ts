import type { Attributes, VariantInput } from '@plaza/catalog/contract';
import type { Currency } from '@plaza/kernel';
import type { PublicAttribute } from '@plaza/kernel/marketplace';
import type { z } from 'zod';
import { text } from './form.ts';
import { typedNumber, wholeNumber } from './form-values.ts';
import { typedMoneyOf } from './money-fields.ts';

/** The attributes of a category as its form's fields say; those left empty are left out. */
export function attributesFrom(form: FormData, schema: readonly PublicAttribute[]): Attributes {
  const entries = schema.map(({ key, type, options }) => {
    const name = `attributes.${key}`;
    const typed = text(form, name);
    if (type === 'multi-enum') {
      const chosen = (options ?? []).map(({ value }) => value).filter((value) => form.has(`${name}.${value}`));
      return [key, chosen.length === 0 ? undefined : chosen];
    }
    // What is not a number goes to the API as it is, which says so beside the field.
    if (type === 'number') return [key, typedNumber(form, name) ?? typed];
    if (type === 'boolean') return [key, typed === undefined ? undefined : typed === 'true'];
    return [key, typed];
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

type Variant = Omit<z.input<typeof VariantInput>, 'options'> & { options: { name: string; value: string }[] };

/** The rows of the variants editor, or the name of the field that cannot be read. */
export function variantsFrom(form: FormData, currency: Currency): Variant[] | { mistake: string } {
  const optionNames = [0, 1, 2].map((index) => text(form, `optionName.${index}`));
  const variants: Variant[] = [];
  for (let row = 0; form.has(`variants.${row}.price.amount`); row++) {
    const at = `variants.${row}`;
    const price = typedMoneyOf(form, `${at}.price.amount`, currency);
    if (price === undefined) return { mistake: `${at}.price.amount` };
    const compareAt = typedMoneyOf(form, `${at}.compareAtPrice.amount`, currency);
    if (compareAt === undefined && text(form, `${at}.compareAtPrice.amount`) !== undefined)
      return { mistake: `${at}.compareAtPrice.amount` };
    const [id, sku, licenseCode] = [text(form, `${at}.id`), text(form, `${at}.sku`), text(form, `${at}.licenseCode`)];
    const stock = wholeNumber(form, `${at}.onHand`);
    if (stock === undefined && text(form, `${at}.onHand`) !== undefined) return { mistake: `${at}.onHand` };
    variants.push({
      ...(id === undefined ? {} : { id }),
      ...(sku === undefined ? {} : { sku }),
      options: optionNames.flatMap((name, index) => {
        const value = text(form, `${at}.option.${index}`);
        return name === undefined || value === undefined ? [] : [{ name, value }];
      }),
      price,
      compareAtPrice: compareAt ?? null,
      // Known variants keep their count: it is set on its own, because buyers change it meanwhile.
      ...(id === undefined ? { onHand: stock ?? null } : {}),
      weightGrams: wholeNumber(form, `${at}.weightGrams`) ?? null,
      ...(licenseCode === undefined ? {} : { licenseCode }),
    });
  }
  return variants;
}

/** The pictures in the order of the form. */
export function imagesFrom(form: FormData): { assetId: string; alt: string | null }[] {
  const images = [];
  for (let index = 0; form.has(`images.${index}.assetId`); index++) {
    const assetId = String(form.get(`images.${index}.assetId`));
    images.push({ assetId, alt: text(form, `images.${index}.alt`) ?? null });
  }
  return images;
}
