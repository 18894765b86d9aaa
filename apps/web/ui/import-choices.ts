import type { ImportOptions } from '@plaza/catalog/contract';
import { categoryChoices } from '../lib/categories.ts';
import type { Marketplace } from '../lib/marketplace.ts';
import type { Translate } from '../lib/messages.ts';
import type { FieldSpec } from './simple-form.tsx';

/** How a file is to be understood. A store's files are alike: what the `last` one needed, the next one does. */
export function importChoices(t: Translate, marketplace: Marketplace, last: ImportOptions | undefined): FieldSpec[] {
  return [
    {
      name: 'format',
      label: t('import.format'),
      options: [
        { value: 'auto', label: t('import.auto') },
        { value: 'shopify-csv', label: 'Shopify CSV' },
        { value: 'plain-csv', label: 'CSV' },
        { value: 'ndjson', label: 'NDJSON' },
        { value: 'json', label: 'JSON' },
      ],
    },
    {
      name: 'encoding',
      label: t('import.encoding'),
      defaultValue: last?.encoding,
      options: [
        { value: '', label: t('import.unicode') },
        { value: 'windows-1252', label: t('import.western') },
        { value: 'windows-874', label: t('import.thai') },
        { value: 'shift_jis', label: t('import.japanese') },
      ],
    },
    {
      name: 'kind',
      label: t('edit.kind'),
      defaultValue: last?.kind,
      options: marketplace.listingKinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) })),
    },
    {
      name: 'defaultCategoryId',
      label: t('import.category'),
      defaultValue: last?.defaultCategoryId,
      options: [
        { value: '', label: t('import.refuse') },
        ...categoryChoices(marketplace.categories).map(({ id, name }) => ({ value: id, label: name })),
      ],
    },
    {
      name: 'defaultCondition',
      label: t('import.condition'),
      defaultValue: last?.defaultCondition,
      options: [
        { value: '', label: t('edit.none') },
        ...marketplace.conditions.map(({ id, label }) => ({ value: id, label })),
      ],
    },
    {
      name: 'defaultState',
      label: t('import.state'),
      defaultValue: last?.defaultState,
      options: [
        { value: 'published', label: t('state.published') },
        { value: 'draft', label: t('state.draft') },
      ],
    },
  ];
}
