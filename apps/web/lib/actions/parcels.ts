'use server';

import type { Currency } from '@plaza/kernel';
import { revalidatePath } from 'next/cache';
import { visitorApi } from '../api.ts';
import { attempt, type FormState, keyOf, text } from '../form.ts';
import { translator } from '../messages.ts';
import { mistake } from '../money-fields.ts';
import { parcelLines } from '../parcel-lines.ts';
import { paths } from '../paths.ts';

/** Records what a carrier reports. What could not be recorded is said by its number. */
export async function recordParcels(
  lang: string,
  currency: Currency,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  const t = translator(lang);
  const lines = parcelLines(text(form, 'lines') ?? '', currency);
  if (lines === undefined) return mistake(t, form, 'lines');
  return attempt(form, t, async () => {
    const client = await visitorApi(lang);
    const { items } = await client.orders.recordParcels({ lines }, keyOf(form));
    revalidatePath(paths.adminParcels(lang));
    const recorded = items.filter(({ result }) => result === 'recorded').length;
    const others = items
      .filter(({ result }) => result !== 'recorded')
      .map(({ trackingNumber, result }) => `${trackingNumber}: ${t(`parcels.${result}`)}`);
    return { notice: [t('parcels.recorded', { count: recorded }), ...others].join(' · ') };
  });
}
