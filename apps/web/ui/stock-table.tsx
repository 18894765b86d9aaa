import { randomUUID } from 'node:crypto';
import type { Listing } from '@plaza/catalog/contract';
import { saveStock } from '../lib/actions/studio-listings.ts';
import { formatNumber } from '../lib/format.ts';
import { translator } from '../lib/messages.ts';
import { SimpleForm } from './simple-form.tsx';

/** The counted pieces of each variant, each changed on its own: buyers change the same numbers meanwhile. */
export function StockTable({ lang, listing }: { lang: string; listing: Listing }) {
  const t = translator(lang);
  return (
    <section id="stock" className="card space-y-3 p-5" aria-labelledby="stock-title">
      <h2 id="stock-title" className="font-heading text-xl font-bold">
        {t('stock.title')}
      </h2>
      <p className="text-sm text-ink-muted">{t('edit.unlimitedHint')}</p>
      <ul className="divide-y divide-line">
        {listing.variants.map((variant) => (
          <li key={variant.id} className="flex flex-wrap items-end justify-between gap-3 py-3">
            <div>
              <p className="font-medium">{variant.title || listing.title}</p>
              <p className="text-sm text-ink-muted">
                {[
                  variant.sku,
                  t('stock.reserved', { count: formatNumber(variant.reserved ?? 0, lang) }),
                  variant.freeQuantity === null
                    ? t('stock.unlimited')
                    : t('stock.free', { count: formatNumber(variant.freeQuantity, lang) }),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </p>
            </div>
            <SimpleForm
              key={String(variant.onHand)}
              action={saveStock.bind(null, lang, variant.id)}
              className="flex flex-wrap items-end gap-2"
              fields={[
                {
                  name: 'onHand',
                  label: t('edit.onHand'),
                  inputMode: 'numeric',
                  maxLength: 10,
                  defaultValue: variant.onHand == null ? '' : String(variant.onHand),
                },
              ]}
              submit={t('account.save')}
              pending={t('form.pending')}
              buttonClassName="button button-quiet"
              idempotencyKey={randomUUID()}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
