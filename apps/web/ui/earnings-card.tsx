import type { ListingKind } from '@plaza/catalog/contract';
import type { Currency } from '@plaza/kernel';
import { showEarnings } from '../lib/actions/earnings.ts';
import { translator } from '../lib/messages.ts';
import { EarningsForm } from './earnings-form.tsx';

type Props = {
  readonly lang: string;
  readonly currency: Currency;
  readonly storeId: string;
  readonly categoryId: string;
  readonly kind: ListingKind;
  /** As it would be typed. */
  readonly price?: string;
};

/** A seller's question before listing: what is left of this price? */
export function EarningsCard({ lang, price, ...sale }: Props) {
  const t = translator(lang);
  return (
    <details className="card p-5">
      <summary className="font-medium">{t('earnings.title')}</summary>
      <div className="space-y-4 pt-4">
        <p className="text-sm text-ink-muted">{t('earnings.hint')}</p>
        <EarningsForm
          action={showEarnings.bind(null, lang, sale)}
          fields={[
            {
              name: 'amount',
              label: t('earnings.price', { currency: sale.currency }),
              required: true,
              inputMode: 'decimal',
              defaultValue: price,
            },
          ]}
          submit={t('earnings.compute')}
          pending={t('form.pending')}
        />
      </div>
    </details>
  );
}
