import { categoryChoices } from '../lib/categories.ts';
import type { Marketplace } from '../lib/marketplace.ts';
import type { Translate } from '../lib/messages.ts';

/** Chooses what a listing is, before the form that depends on it. Works by the address alone. */
export function CategoryStep({
  marketplace,
  t,
  action,
  chosen = '',
}: {
  marketplace: Marketplace;
  t: Translate;
  action: string;
  chosen?: string;
}) {
  return (
    <form action={action} className="space-y-4">
      <label className="block space-y-1">
        <span className="block text-sm font-medium">{t('edit.category')}</span>
        <select name="category" className="input" required defaultValue={chosen}>
          <option value="" disabled>
            {t('edit.none')}
          </option>
          {categoryChoices(marketplace.categories).map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" className="button button-primary">
        {t('edit.continue')}
      </button>
    </form>
  );
}
