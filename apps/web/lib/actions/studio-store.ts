'use server';

import type { Location, ShippingOption } from '@plaza/catalog/contract';
import type { Currency } from '@plaza/kernel';
import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { visitorApi } from '../api.ts';
import { attempt, type FormState, keyOf, text, versionOf } from '../form.ts';
import { wholeNumber } from '../form-values.ts';
import { translator } from '../messages.ts';
import { mistake, typedMoneyOf } from '../money-fields.ts';
import { paths } from '../paths.ts';
import { typedLocation } from '../typed-location.ts';

/** Opens the member's store, which makes them a seller. */
export async function openStore(lang: string, _state: FormState, form: FormData): Promise<FormState> {
  return attempt(form, translator(lang), async () => {
    const client = await visitorApi(lang);
    await client.catalog.createStore(
      { name: text(form, 'name') ?? '', description: text(form, 'description') ?? '' },
      keyOf(form),
    );
    revalidatePath('/', 'layout');
    redirect(paths.studio(lang));
  });
}

/** Saves the store: name, texts, place, logo, and the rows of shipping; a row without a name is left out. */
export async function saveStore(
  lang: string,
  store: { id: string; version: number; currency: Currency; location: Location | null },
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  const t = translator(lang);
  return attempt(form, t, async () => {
    const options: ShippingOption[] = [];
    for (let row = 0; form.has(`shippingOptions.${row}.name`); row++) {
      const at = `shippingOptions.${row}`;
      const name = text(form, `${at}.name`);
      if (name === undefined) continue;
      const [price, freeOver] = [
        typedMoneyOf(form, `${at}.price`, store.currency),
        typedMoneyOf(form, `${at}.freeOver`, store.currency),
      ];
      if (price === undefined) return mistake(t, form, `${at}.price`);
      if (freeOver === undefined && text(form, `${at}.freeOver`) !== undefined)
        return mistake(t, form, `${at}.freeOver`);
      options.push({
        id: text(form, `${at}.id`) ?? crypto.randomUUID(),
        name,
        price,
        freeOver,
        estimatedDays: {
          min: wholeNumber(form, `${at}.daysMin`) ?? 1,
          max: wholeNumber(form, `${at}.daysMax`) ?? wholeNumber(form, `${at}.daysMin`) ?? 7,
        },
      });
    }
    const logoAssetId = text(form, 'images.0.assetId');
    const policies = ['returns', 'shipping', 'contact'].map((name) => [name, text(form, `policies.${name}`)]);
    const client = await visitorApi(lang);
    await client.catalog.updateStore(
      {
        storeId: store.id,
        ...versionOf(form, store.version),
        name: text(form, 'name') ?? '',
        description: text(form, 'description') ?? '',
        policies: Object.fromEntries(policies.filter(([, value]) => value !== undefined)),
        location: typedLocation(form, store.location),
        shippingOptions: options,
        logoAssetId,
      },
      keyOf(form),
    );
    revalidatePath('/', 'layout');
    redirect(`${paths.studioStore(lang)}?saved=${Date.now()}`);
  });
}

/** Lets a store's buyers pay at the door, or no longer. */
export async function setCashOnDelivery(
  lang: string,
  { storeId, accepts }: { storeId: string; accepts: boolean },
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  return attempt(form, translator(lang), async () => {
    const client = await visitorApi(lang);
    await client.payments.setCashOnDelivery({ storeId, accepts }, keyOf(form));
    revalidatePath(paths.studioStore(lang));
    return {};
  });
}
