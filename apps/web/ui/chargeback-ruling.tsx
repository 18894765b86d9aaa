import { randomUUID } from 'node:crypto';
import type { Chargeback } from '@plaza/payments/contract';
import { ruleChargeback } from '../lib/actions/after-sale.ts';
import { formatMoney } from '../lib/format.ts';
import { translator } from '../lib/messages.ts';
import { SimpleForm } from './simple-form.tsx';

const BEARERS = ['seller', 'platform'] as const;

/** Who bears what the bank took: as it was ruled, or the form to rule. */
export function ChargebackRuling({ lang, chargeback }: { lang: string; chargeback: Chargeback }) {
  const t = translator(lang);
  // Turned down, nobody has anything to bear but the fee, which is said above.
  if (chargeback.state === 'won' && chargeback.ruling === null && chargeback.parts.length === 0) return null;
  const minor = (amountMinor: number) => formatMoney({ amountMinor, currency: chargeback.amount.currency }, lang);
  return (
    <section className="card space-y-4 p-5" aria-labelledby="ruling">
      <h2 id="ruling" className="text-xl font-bold">
        {t('chargeback.ruling')}
      </h2>
      {chargeback.ruling !== null && (
        <p>
          <span className="font-semibold">{t(`chargeback.bearer.${chargeback.ruling.bearer}`)}</span> ·{' '}
          {chargeback.ruling.reason}
        </p>
      )}
      {chargeback.parts.map((part) => (
        <p key={part.groupId ?? ''} className="flex flex-wrap justify-between gap-2">
          <span>
            {t(`chargeback.bearer.${part.bearer}`)}
            {part.feeMinor > 0 && ` · ${t('chargeback.fee')}: ${minor(part.feeMinor)}`}
          </span>
          <span className="font-semibold">{minor(part.amountMinor)}</span>
        </p>
      ))}
      {chargeback.state !== 'won' && !chargeback.isSettled && (
        <div className="max-w-md space-y-3">
          <p className="text-sm text-ink-muted">{t('chargeback.rulingHint')}</p>
          <SimpleForm
            action={ruleChargeback.bind(null, lang, chargeback.id)}
            fields={[
              {
                name: 'bearer',
                label: t('chargeback.ruling'),
                required: true,
                options: BEARERS.map((value) => ({ value, label: t(`chargeback.bearer.${value}`) })),
              },
              { name: 'reason', label: t('order.reason'), required: true, maxLength: 500 },
            ]}
            submit={t('chargeback.rule')}
            pending={t('form.pending')}
            idempotencyKey={randomUUID()}
          />
        </div>
      )}
    </section>
  );
}
