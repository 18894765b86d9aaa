import type { Checkout } from '@plaza/orders/contract';
import { askForPayment } from '../lib/actions/checkout.ts';
import { translator } from '../lib/messages.ts';
import { Once } from './once.tsx';
import { RefreshUntilDone } from './refresh.tsx';

type Props = { readonly lang: string; readonly payment: Checkout['payment']; readonly isBack: boolean };

/** While the payment is under way. For a buyer who is back from the provider it is asked about at once. */
export function CheckoutWaiting({ lang, payment, isBack }: Props) {
  const t = translator(lang);
  return (
    <div className="page grid place-items-center gap-4 py-24 text-center">
      <h1 className="text-2xl font-bold" role="status">
        {t('checkout.waiting')}
      </h1>
      <p className="max-w-prose text-ink-muted">{t('checkout.waitingHint')}</p>
      {payment.actionUrl !== null && (
        <a href={payment.actionUrl} className="button button-primary">
          {t('checkout.toBank')}
        </a>
      )}
      {payment.paymentId !== null && isBack && <Once action={askForPayment.bind(null, lang, payment.paymentId)} />}
      <RefreshUntilDone everyMs={2000} />
    </div>
  );
}
