import type { Currency } from '@plaza/kernel';
import { api } from '../lib/api.ts';
import { formatDate, formatMoney } from '../lib/format.ts';
import { codeText, translator } from '../lib/messages.ts';
import { paths } from '../lib/paths.ts';
import { Link } from './link.tsx';

/** Movements shown; older ones are in the ledger. */
const SHOWN_MAX = 20;

type Props = { readonly lang: string; readonly storeId: string; readonly currency: Currency };

/** Why a store owes, and what its sales have paid of it, newest first. */
export async function DebtEntries({ lang, storeId, currency }: Props) {
  const [client, t] = [await api(lang), translator(lang)];
  const asked = { storeId, currency, limit: SHOWN_MAX };
  const { items } = await client.payments.listDebtEntries(asked);
  return (
    <section className="card space-y-3 p-5" aria-labelledby="debt">
      <h2 id="debt" className="text-xl font-bold">
        {t('debt.entries')}
      </h2>
      <p className="text-sm text-ink-muted">{t('debt.explained')}</p>
      <ul className="divide-y divide-line">
        {items.map((entry) => (
          <li key={entry.transferId} className="grid grid-cols-[1fr_auto] gap-x-4 py-2">
            {entry.orderId === null ? (
              <span>{codeText(t, 'transfer', entry.kind)}</span>
            ) : (
              <Link className="link" href={paths.studioSale(lang, entry.orderId)}>
                {codeText(t, 'transfer', entry.kind)}
              </Link>
            )}
            <span className="font-semibold">{formatMoney(entry.amount, lang)}</span>
            <span className="text-sm text-ink-muted">{formatDate(entry.createdTime, lang)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
