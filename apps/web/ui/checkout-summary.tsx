import type { Checkout } from '@plaza/orders/contract';
import { formatMoney } from '../lib/format.ts';
import type { Marketplace } from '../lib/marketplace.ts';
import { translator } from '../lib/messages.ts';
import { Totals } from './totals.tsx';
import { WalletParts } from './wallet-choice.tsx';

type Props = { readonly lang: string; readonly marketplace: Marketplace; readonly checkout: Checkout };

/** What is bought, store by store, and what it costs. */
export function CheckoutSummary({ lang, marketplace, checkout }: Props) {
  const t = translator(lang);
  return (
    <aside className="card h-fit space-y-4 p-5 lg:sticky lg:top-32" aria-label={t('cart.summary')}>
      <h2 className="text-lg font-bold">{t('cart.summary')}</h2>
      {checkout.groups.map((group) => (
        <div key={group.groupId} className="space-y-1 border-b border-line pb-3 text-sm">
          <p className="font-semibold">{group.storeName}</p>
          {group.lines.map((line) => (
            <p key={line.id} className="flex justify-between gap-3">
              <span>
                {line.quantity} × {line.title}
                {line.variantTitle !== '' && ` (${line.variantTitle})`}
              </span>
              <span className="shrink-0">{formatMoney(line.subtotal, lang)}</span>
            </p>
          ))}
          {group.needsShipping && (
            <p className="flex justify-between text-ink-muted">
              <span>{t('total.shipping')}</span>
              <span>{group.shipping.amountMinor === 0 ? t('shipping.free') : formatMoney(group.shipping, lang)}</span>
            </p>
          )}
        </div>
      ))}
      <Totals totals={checkout.totals} lang={lang} />
      {checkout.payment.wallet !== null && marketplace.wallet !== undefined && (
        <WalletParts lang={lang} name={marketplace.wallet.name} parts={checkout.payment.wallet} />
      )}
      {checkout.coupons.map(({ code, title }) => (
        <p key={code} className="text-sm text-success">
          {code}: {title}
        </p>
      ))}
    </aside>
  );
}
