import type { Metadata } from 'next';
import { api, orNotFound } from '../../../../../lib/api.ts';
import { formatMoney } from '../../../../../lib/format.ts';
import { translator } from '../../../../../lib/messages.ts';
import { Countdown } from '../../../../../ui/countdown.tsx';
import { QrCode } from '../../../../../ui/qr-code.tsx';
import { RefreshUntilDone } from '../../../../../ui/refresh.tsx';

type Props = { readonly params: Promise<{ lang: string; paymentId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: translator((await params).lang)('bankTransfer.title'), robots: { index: false } };
}

/** Pays by bank transfer: a QR code with the amount in it, and who must be named before it is approved. */
export default async function TransferPage({ params }: Props) {
  const { lang, paymentId } = await params;
  const [client, t] = [await api(lang), translator(lang)];
  const transfer = await orNotFound(client.payments.getTransferInstructions({ paymentId }));
  const isOpen = transfer.state === 'requires_action';
  const facts = [
    [t('bankTransfer.amount'), formatMoney(transfer.amount, lang)],
    [t('bankTransfer.holder'), transfer.holderName],
    [t('bankTransfer.reference'), transfer.reference],
  ] as const;
  return (
    <div className="page grid place-items-center py-10">
      <section className="card w-full max-w-md space-y-5 p-6 text-center" aria-labelledby="transfer">
        <h1 id="transfer" className="text-2xl font-bold">
          {t('bankTransfer.title')}
        </h1>
        {isOpen ? (
          <>
            <QrCode text={transfer.qrPayload} label={t('bankTransfer.code')} />
            <dl className="space-y-2 text-left">
              {facts.map(([name, value]) => (
                <div key={name} className="flex justify-between gap-4">
                  <dt className="text-ink-muted">{name}</dt>
                  <dd className="font-semibold">{value}</dd>
                </div>
              ))}
            </dl>
            <p className="text-sm text-ink-muted">{t('bankTransfer.hint')}</p>
            <Countdown
              untilTime={transfer.payByTime}
              label={t('bankTransfer.timeLeft')}
              over={t('bankTransfer.over')}
            />
            <RefreshUntilDone everyMs={5000} />
          </>
        ) : (
          <p role="status">{t(transfer.state === 'canceled' ? 'bankTransfer.over' : 'bankTransfer.received')}</p>
        )}
        <a href={transfer.returnUrl} className="button button-outline">
          {t('bankTransfer.back')}
        </a>
      </section>
    </div>
  );
}
