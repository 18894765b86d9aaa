'use server';

import type { Currency } from '@plaza/kernel';
import type { CouponReduction } from '@plaza/marketing/contract';
import { revalidatePath } from 'next/cache';
import { visitorApi } from '../api.ts';
import { attempt, type FormState, keyOf, text, versionOf } from '../form.ts';
import { typedNumber, wholeNumber } from '../form-values.ts';
import { getMarketplace } from '../marketplace.ts';
import { translator } from '../messages.ts';
import { mistake, typedMoneyOf } from '../money-fields.ts';
import { paths } from '../paths.ts';
import { endOf, isDay } from '../period.ts';

/** Makes a coupon that the store pays for. */
export async function createCoupon(
  lang: string,
  store: { id: string; currency: Currency },
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  const t = translator(lang);
  return attempt(form, t, async () => {
    const reduction = reductionOf(form, store.currency);
    if (reduction === undefined) return mistake(t, form, 'value');
    const least = typedMoneyOf(form, 'subtotalMin', store.currency);
    if (least === undefined && text(form, 'subtotalMin') !== undefined) return mistake(t, form, 'subtotalMin');
    for (const name of ['usesMax', 'usesPerMemberMax'])
      if (wholeNumber(form, name) === undefined && text(form, name) !== undefined) return mistake(t, form, name);
    const [category, endDay] = [text(form, 'category'), text(form, 'endDay')];
    if (endDay !== undefined && !isDay(endDay)) return mistake(t, form, 'endDay');
    const { timeZone } = await getMarketplace(lang);
    const endTime = endDay === undefined ? null : endOf(endDay, timeZone);
    if (endTime !== null && endTime.getTime() < Date.now()) return mistake(t, form, 'endDay', 'mistake.past');
    const client = await visitorApi(lang);
    await client.marketing.createCoupon(
      {
        code: text(form, 'couponName') ?? '',
        storeId: store.id,
        title: text(form, 'title') ?? text(form, 'couponName') ?? '',
        reduction,
        scope: category === undefined ? {} : { categoryIds: [category] },
        subtotalMinMinor: least?.amountMinor ?? 0,
        endTime: endTime?.toISOString() ?? null,
        usesMax: wholeNumber(form, 'usesMax') ?? null,
        usesPerMemberMax: wholeNumber(form, 'usesPerMemberMax') ?? null,
      },
      keyOf(form),
    );
    revalidatePath(paths.studioCoupons(lang));
    return { notice: t('coupon.made') };
  }).then(({ fields, ...state }) =>
    // The form names its field otherwise: what is called a code is taken for a secret, and not filled in again.
    fields === undefined
      ? state
      : { ...state, fields: { ...fields, ...(fields.code === undefined ? {} : { couponName: fields.code }) } },
  );
}

/** Pauses a coupon, or lets it be used again. */
export async function changeCoupon(
  lang: string,
  couponId: string,
  version: number,
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  return attempt(form, translator(lang), async () => {
    const client = await visitorApi(lang);
    const state = form.get('intent') === 'pause' ? 'paused' : 'active';
    await client.marketing.updateCoupon({ couponId, ...versionOf(form, version), state }, keyOf(form));
    revalidatePath(paths.studioCoupons(lang));
    return {};
  });
}

/** Undefined where what was typed takes nothing off, or more than all. */
function reductionOf(form: FormData, currency: Currency): CouponReduction | undefined {
  const kind = form.get('kind');
  if (kind === 'free-shipping') return { kind };
  if (kind === 'fixed') {
    const amount = typedMoneyOf(form, 'value', currency);
    return amount === undefined || amount.amountMinor === 0 ? undefined : { kind, amountMinor: amount.amountMinor };
  }
  const percent = typedNumber(form, 'value');
  // Basis points: 12.5 % is 1250.
  const rateBp = percent === undefined ? 0 : Math.round(percent * 100);
  return rateBp < 1 || rateBp > 10_000 ? undefined : { kind: 'percent', rateBp };
}
