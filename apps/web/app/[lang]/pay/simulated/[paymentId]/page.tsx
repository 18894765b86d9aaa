import type { Metadata } from 'next';
import { answerChallenge } from '../../../../../lib/actions/checkout.ts';
import { api, orNotFound } from '../../../../../lib/api.ts';
import { formatMoney } from '../../../../../lib/format.ts';
import { translator } from '../../../../../lib/messages.ts';
import { ChallengeForm } from '../../../../../ui/challenge-form.tsx';
import { Icon } from '../../../../../ui/icon.tsx';

type Props = { readonly params: Promise<{ lang: string; paymentId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: translator((await params).lang)('bank.title'), robots: { index: false } };
}

/** The page a bank would show (3-D Secure, a QR code): it says that it is a simulation, and follows the real flow. */
export default async function SimulatedBankPage({ params }: Props) {
  const { lang, paymentId } = await params;
  const [client, t] = [await api(lang), translator(lang)];
  const challenge = await orNotFound(client.payments.getSimulatedChallenge({ paymentId }));
  return (
    <div className="page grid place-items-center py-14">
      <section className="card w-full max-w-md space-y-5 p-6 text-center" aria-labelledby="bank">
        <Icon name="shield" size={44} className="mx-auto text-primary" />
        <h1 id="bank" className="text-2xl font-bold">
          {t('bank.title')}
        </h1>
        <p className="rounded-small bg-warning p-3 text-sm font-medium text-on-warning">{t('bank.simulated')}</p>
        <p className="font-heading text-4xl font-extrabold">{formatMoney(challenge.amount, lang)}</p>
        {challenge.last4 !== null && <p className="text-ink-muted">•••• {challenge.last4}</p>}
        {challenge.state === 'open' ? (
          <ChallengeForm
            action={answerChallenge.bind(null, lang, challenge.paymentId, challenge.returnUrl)}
            approve={t('bank.approve')}
            decline={t('bank.decline')}
            idempotencyKey={`${challenge.paymentId}-answer`}
          />
        ) : (
          <a href={challenge.returnUrl} className="button button-primary">
            {t('bank.back')}
          </a>
        )}
      </section>
    </div>
  );
}
