import type { BrowseQuery } from '../lib/browse-query.ts';
import type { Translate } from '../lib/messages.ts';

/** Lowest and highest price, sent as the page's address: no script needed. */
export function PriceForm({
  path,
  query,
  currency,
  t,
}: {
  readonly path: string;
  readonly query: BrowseQuery;
  readonly currency: string;
  readonly t: Translate;
}) {
  return (
    <form action={path} className="flex flex-wrap items-end gap-2" aria-label={t('browse.price', { currency })}>
      <p className="w-full text-sm font-medium">{t('browse.price', { currency })}</p>
      <input
        className="input w-28!"
        name="priceMin"
        inputMode="decimal"
        aria-label={t('browse.priceMin')}
        placeholder={t('browse.min')}
        defaultValue={query.priceMin}
      />
      <input
        className="input w-28!"
        name="priceMax"
        inputMode="decimal"
        aria-label={t('browse.priceMax')}
        placeholder={t('browse.max')}
        defaultValue={query.priceMax}
      />
      <button type="submit" className="button button-quiet">
        {t('browse.apply')}
      </button>
    </form>
  );
}
