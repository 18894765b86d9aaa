import 'server-only';
import type { Money } from '@plaza/kernel';
import { api } from '../lib/api.ts';
import { formatMoney } from '../lib/format.ts';
import { type Translate, translator } from '../lib/messages.ts';

type Setting = {
  readonly id: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly kind: string;
};

/**
 * Paying at the door as the payment form offers it for a checkout, or why it does not; nothing where the marketplace has no
 * such way. The total shown is with its fee, and what the buyer agrees to.
 */
export async function cashMethod(
  lang: string,
  { id, total, isChosen }: { readonly id: string; readonly total: Money; readonly isChosen: boolean },
  settings: readonly Setting[],
) {
  const setting = settings.find(({ kind }) => kind === 'cash');
  if (setting === undefined) return undefined;
  const [client, t] = [await api(lang), translator(lang)];
  const { problem, fee } = await client.orders.getCashOffer({ checkoutId: id });
  if (problem !== null) return { label: setting.label, problem: t(`cash.problem.${problem}`) };
  const addedMinor = isChosen ? 0 : fee.amountMinor;
  const withFee = { ...total, amountMinor: total.amountMinor + addedMinor };
  return {
    label: setting.label,
    method: {
      id: setting.id,
      label: setting.label,
      hint: hintOf(t, setting, fee.amountMinor > 0 ? formatMoney(fee, lang) : undefined),
      kind: 'cash',
      provider: 'cash',
      publishableKey: null,
      total: withFee,
      payLabel: t('cash.pay', { amount: formatMoney(withFee, lang) }),
    },
  };
}

function hintOf(t: Translate, { hint }: Setting, fee: string | undefined): string {
  return [hint, fee === undefined ? undefined : t('cash.fee', { amount: fee })].filter(Boolean).join(' · ');
}
