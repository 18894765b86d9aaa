import type { Translate } from '../lib/messages.ts';
import type { FieldSpec } from './simple-form.tsx';

/** Where money goes back to, to be chosen; undefined where there are no wallets, and so no choice. */
export function refundToField(t: Translate, walletName: string | undefined): FieldSpec | undefined {
  if (walletName === undefined) return undefined;
  return {
    name: 'refundTo',
    label: t('refund.to'),
    options: [
      { value: 'source', label: t('refund.toSource') },
      { value: 'wallet', label: t('refund.toWallet', { name: walletName }) },
    ],
  };
}
