import { randomUUID } from 'node:crypto';
import { holdWallet } from '../lib/actions/wallet.ts';
import { api } from '../lib/api.ts';
import { formatDateTime } from '../lib/format.ts';
import { translator } from '../lib/messages.ts';
import { SimpleForm } from './simple-form.tsx';

/** For operators: whether a member's wallet is on hold, and the form that changes it, for a reason. */
export async function WalletHold({ lang, memberId }: { lang: string; memberId: string }) {
  const [client, t] = [await api(lang), translator(lang)];
  const { state, frozenReason, frozenTime } = await client.payments.getMemberWallet({ memberId });
  const isFrozen = state === 'frozen';
  return (
    <section className="card max-w-xl space-y-4 p-5" aria-labelledby="hold">
      <h2 id="hold" className="text-xl font-bold">
        {t('walletHold.title')}
      </h2>
      <p className={isFrozen ? 'font-medium text-danger' : 'text-ink-muted'}>
        {isFrozen
          ? t('walletHold.since', {
              time: frozenTime === null ? '' : formatDateTime(frozenTime, lang),
              reason: frozenReason ?? '',
            })
          : t('walletHold.active')}
      </p>
      <SimpleForm
        action={holdWallet.bind(null, lang, memberId, isFrozen)}
        fields={[
          {
            name: 'reason',
            label: t('order.reason'),
            required: true,
            maxLength: 500,
            ...(isFrozen ? {} : { hint: t('walletHold.hint') }),
          },
        ]}
        submit={t(isFrozen ? 'walletHold.unfreeze' : 'walletHold.freeze')}
        pending={t('form.pending')}
        buttonClassName={isFrozen ? 'button button-primary' : 'button button-danger'}
        idempotencyKey={randomUUID()}
      />
    </section>
  );
}
