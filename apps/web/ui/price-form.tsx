import type { Currency } from '@plaza/kernel';
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
  readonly currency: Currency;
  readonly t: Translate;
}) {
  return (
    <form action={path} className="flex flex-wrap items-end gap-2" aria-label={t('browse.price', { currency })}>
      <p className="w-full text-sm font-medium">{t('browse.price', { currency })}</p>
      <PriceRange query={query} t={t} className="input w-28!" />
      <button type="submit" className="button button-quiet">
        {t('browse.apply')}
      </button>
    </form>
  );
}

/** The two fields of a form for prices from here to there. */
export function PriceRange({
  query,
  t,
  className = 'input',
}: {
  readonly query: Pick<BrowseQuery, 'priceMin' | 'priceMax'>;
  readonly t: Translate;
  readonly className?: string;
}) {
  return (
    <div className="flex items-center gap-2">
      <input
        className={className}
        name="priceMin"
        inputMode="decimal"
        aria-label={t('browse.priceMin')}
        placeholder={t('browse.min')}
        defaultValue={query.priceMin}
      />
      <span aria-hidden="true">–</span>
      <input
        className={className}
        name="priceMax"
        inputMode="decimal"
        aria-label={t('browse.priceMax')}
        placeholder={t('browse.max')}
        defaultValue={query.priceMax}
      />
    </div>
  );
}
