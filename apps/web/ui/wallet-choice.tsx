import type { Money } from '@plaza/kernel';
import { chooseWallet } from '../lib/actions/checkout.ts';
import { formatMoney } from '../lib/format.ts';
import { translator } from '../lib/messages.ts';
import { PlainActionForm } from './cart-forms.tsx';
import { Icon } from './icon.tsx';

type Parts = { readonly pays: Money; readonly rest: Money };

/** Whether the wallet pays as much of a checkout as it can. Nothing is shown of a wallet that can pay nothing. */
export function WalletChoice({
  lang,
  checkoutId,
  version,
  name,
  spendableMinor,
  total,
  chosen,
  smallestMinor,
}: {
  lang: string;
  checkoutId: string;
  version: number;
  name: string;
  spendableMinor: number;
  total: Money;
  chosen: Parts | null;
  /** The smallest amount that another way to pay takes; null: none takes any. */
  smallestMinor: number | null;
}) {
  const t = translator(lang);
  if (total.amountMinor === 0 || (spendableMinor === 0 && chosen === null)) return null;
  const amount = (amountMinor: number) => formatMoney({ amountMinor, currency: total.currency }, lang);
  const canPay = amount(Math.min(spendableMinor, total.amountMinor));
  const restMinor = chosen?.rest.amountMinor ?? 0;
  const isTooLittle = restMinor > 0 && smallestMinor !== null && restMinor < smallestMinor;
  const lessMinor = total.amountMinor - (smallestMinor ?? 0);
  return (
    <section
      className="flex flex-wrap items-center justify-between gap-3 rounded-small border border-line p-3"
      aria-label={name}
    >
      {isTooLittle && (
        <p role="alert" className="w-full rounded-small bg-warning p-3 font-medium text-on-warning">
          {t('wallet.restTooSmall', { rest: amount(restMinor), smallest: amount(smallestMinor ?? 0) })}
        </p>
      )}
      <p className="flex items-center gap-2">
        <Icon name="wallet" className="text-primary" />
        {chosen === null
          ? t('wallet.has', { amount: amount(spendableMinor), name })
          : `${t('wallet.pays', { name })}: ${formatMoney(chosen.pays, lang)}`}
      </p>
      {isTooLittle && lessMinor > 0 && (
        <PlainActionForm
          action={chooseWallet.bind(null, lang, checkoutId, true, lessMinor)}
          idempotencyKey={`${checkoutId}-${version}-wallet-less`}
          label={t('wallet.use', { amount: amount(lessMinor) })}
        />
      )}
      <PlainActionForm
        action={chooseWallet.bind(null, lang, checkoutId, chosen === null, undefined)}
        idempotencyKey={`${checkoutId}-${version}-wallet`}
        label={chosen === null ? t('wallet.use', { amount: canPay }) : t('wallet.doNotUse')}
      />
    </section>
  );
}

/** What is paid from where. */
export function WalletParts({ lang, name, parts }: { lang: string; name: string; parts: Parts }) {
  const t = translator(lang);
  return (
    <dl className="space-y-1.5">
      <div className="flex justify-between gap-3">
        <dt>{t('wallet.pays', { name })}</dt>
        <dd>−{formatMoney(parts.pays, lang)}</dd>
      </div>
      <div className="flex justify-between gap-3 font-bold">
        <dt>{t('wallet.rest')}</dt>
        <dd data-testid="rest">{formatMoney(parts.rest, lang)}</dd>
      </div>
    </dl>
  );
}
