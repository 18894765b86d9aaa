import type { Translate } from '../lib/messages.ts';
import type { FieldSpec } from './simple-form.tsx';

type Chosen = { readonly name: string; readonly alerts: readonly string[]; readonly delivery: string };

/** The fields of a saved search's form, in words, with what is chosen. */
export function savedSearchFields(t: Translate, chosen: Chosen) {
  const name: FieldSpec = {
    name: 'name',
    label: t('saved.name'),
    hint: t('saved.nameHint'),
    maxLength: 120,
    defaultValue: chosen.name,
  };
  const delivery: FieldSpec = {
    name: 'delivery',
    label: t('saved.delivery'),
    defaultValue: chosen.delivery,
    options: (['instant', 'daily', 'none'] as const).map((value) => ({ value, label: t(`saved.delivery.${value}`) })),
  };
  const kinds = (['new', 'price_drop'] as const).map((kind) => ({
    name: kind,
    label: t(`saved.alert.${kind}`),
    isChecked: chosen.alerts.includes(kind),
  }));
  return {
    name,
    delivery,
    alerts: { legend: t('saved.alerts'), kinds },
    submit: t('saved.submit'),
    pending: t('form.pending'),
  };
}
