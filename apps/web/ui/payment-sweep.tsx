import { randomUUID } from 'node:crypto';
import type { PaymentSweep, SweepFinding } from '@plaza/orders/contract';
import { sweepPayments } from '../lib/actions/reconciliation.ts';
import { formatDateTime, formatNumber } from '../lib/format.ts';
import { translator } from '../lib/messages.ts';
import { paths } from '../lib/paths.ts';
import { Link } from './link.tsx';
import { SimpleForm } from './simple-form.tsx';
import { Verdict } from './verdict.tsx';

type Props = {
  readonly lang: string;
  readonly sweeps: readonly PaymentSweep[];
  readonly openFindings: number;
  readonly findings: readonly SweepFinding[];
};

/** Whether every order has its payment and every payment its order, when that was checked, and what was found. */
export function PaymentSweepCard({ lang, sweeps, openFindings, findings }: Props) {
  const t = translator(lang);
  const newest = [...sweeps].sort((a, b) => b.finishedTime.localeCompare(a.finishedTime))[0];
  const verdict =
    newest === undefined || openFindings > 0
      ? t('reconcile.problems', { count: formatNumber(openFindings, lang) })
      : t('reconcile.allPaid', {
          orders: formatNumber(newest.ordersChecked, lang),
          payments: formatNumber(newest.paymentsChecked, lang),
          time: formatDateTime(newest.finishedTime, lang),
        });
  return (
    <div className="space-y-3">
      {newest === undefined && openFindings === 0 ? (
        <p className="card p-4">{t('reconcile.notChecked')}</p>
      ) : (
        <Verdict isGood={openFindings === 0} text={verdict} />
      )}
      {findings.length > 0 && (
        <ul className="card divide-y divide-line">
          {findings.map(({ problem, orderId, paymentId }) => (
            <li key={`${problem}-${orderId ?? paymentId}`} className="flex flex-wrap justify-between gap-2 p-4">
              <span className="font-medium">{t(`sweep.${problem}`)}</span>
              {orderId === null ? (
                <code className="break-all text-sm">{paymentId}</code>
              ) : (
                <Link className="link break-all" href={paths.adminOrder(lang, orderId)}>
                  {orderId}
                </Link>
              )}
            </li>
          ))}
        </ul>
      )}
      <SimpleForm
        action={sweepPayments.bind(null, lang)}
        fields={[]}
        submit={t('reconcile.checkNow')}
        pending={t('form.pending')}
        idempotencyKey={randomUUID()}
        buttonClassName="button button-quiet"
      />
    </div>
  );
}
