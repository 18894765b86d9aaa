'use server';

import type { ListingKind } from '@plaza/catalog/contract';
import type { Currency } from '@plaza/kernel';
import type { Earnings } from '@plaza/orders/contract';
import type { EarningsShown } from '../../ui/earnings-form.tsx';
import { visitorApi } from '../api.ts';
import { attempt, type FormState, text } from '../form.ts';
import { chosen, entered, typedNumber } from '../form-values.ts';
import { formatMoney, formatPercent } from '../format.ts';
import { type Translate, translator } from '../messages.ts';
import { mistake, typedMoneyOf } from '../money-fields.ts';

/** What is sold; what is left out is a field of the form. */
type Sale = {
  readonly currency: Currency;
  readonly storeId?: string;
  readonly categoryId?: string;
  readonly kind?: ListingKind;
};

/** Divides a typed price as a sale would, and by the operator's other terms where a rate was typed. Changes nothing. */
export async function showEarnings(lang: string, sale: Sale, _state: FormState, form: FormData): Promise<FormState> {
  const t = translator(lang);
  return attempt(form, t, async () => {
    const price = typedMoneyOf(form, 'amount', sale.currency);
    if (price === undefined) return mistake(t, form, 'amount');
    const other = otherTermsOf(form, sale.currency);
    if ('mistakenField' in other) return mistake(t, form, other.mistakenField);
    const client = await visitorApi(lang);
    const { current, whatIf, rule } = await client.orders.estimateEarnings({
      amountMinor: price.amountMinor,
      categoryId: sale.categoryId ?? text(form, 'categoryId') ?? '',
      kind: sale.kind ?? chosen(form, 'kind'),
      storeId: sale.storeId,
      ...other.terms,
    });
    const isCompared = whatIf !== null;
    const now = isCompared ? t('commission.now', { position: String(rule ?? '–') }) : null;
    const shown: EarningsShown[] = [shownOf(current, now, lang, t)];
    if (isCompared) shown.push(shownOf(whatIf, t('commission.then'), lang, t));
    return { values: entered(form), result: { earnings: shown } };
  });
}

type OtherTerms = { rateBp?: number; minMinor?: number; maxMinor?: number; vatBp?: number };

/** The terms that were typed; none without a rate. */
function otherTermsOf(form: FormData, currency: Currency): { terms: OtherTerms } | { mistakenField: string } {
  const terms: OtherTerms = {};
  for (const [field, name] of [
    ['rate', 'rateBp'],
    ['vat', 'vatBp'],
  ] as const) {
    if (text(form, field) === undefined) continue;
    const percent = typedNumber(form, field);
    if (percent === undefined || percent < 0 || percent > 100) return { mistakenField: field };
    terms[name] = Math.round(percent * 100);
  }
  for (const field of ['min', 'max'] as const) {
    if (text(form, field) === undefined) continue;
    const amount = typedMoneyOf(form, field, currency);
    if (amount === undefined) return { mistakenField: field };
    terms[`${field}Minor`] = amount.amountMinor;
  }
  return { terms: terms.rateBp === undefined ? {} : terms };
}

function shownOf(earnings: Earnings, title: string | null, lang: string, t: Translate): EarningsShown {
  const minus = (amount: Earnings['commission']) => `−${formatMoney(amount, lang)}`;
  const rate = formatPercent(earnings.rateBp, lang);
  return {
    title,
    lines: [
      { label: t('earnings.commission', { rate }), amount: minus(earnings.commission) },
      ...(earnings.commissionVat.amountMinor === 0
        ? []
        : [{ label: t('earnings.vat'), amount: minus(earnings.commissionVat) }]),
    ],
    total: { label: t('earnings.left'), amount: formatMoney(earnings.earnings, lang) },
  };
}
