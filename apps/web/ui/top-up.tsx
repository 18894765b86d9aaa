import { randomUUID } from 'node:crypto';
import { topUp } from '../lib/actions/wallet.ts';
import { api } from '../lib/api.ts';
import { formatMoney } from '../lib/format.ts';
import { getMarketplace } from '../lib/marketplace.ts';
import { translator } from '../lib/messages.ts';
import { paths } from '../lib/paths.ts';
import { Chips } from './chips.tsx';
import { Link } from './link.tsx';
import { PaymentForm } from './payment-form.tsx';
import { offeredMethods, paymentTexts } from './payment-texts.ts';

/** Filling a wallet: an amount first, by address, since the ways to pay depend on it; then how to pay. */
export async function TopUp({
  lang,
  settings: { minimumMinor, suggestedMinor },
  chosenMinor,
}: {
  lang: string;
  settings: { readonly minimumMinor: number; readonly suggestedMinor: readonly number[] };
  chosenMinor: number | undefined;
}) {
  const [marketplace, client, t] = [await getMarketplace(lang), await api(lang), translator(lang)];
  const { currency } = marketplace;
  const of = (amountMinor: number) => formatMoney({ amountMinor, currency }, lang);
  const amount = chosenMinor === undefined ? undefined : { amountMinor: chosenMinor, currency };
  return (
    <section className="card max-w-xl space-y-4 p-5" aria-labelledby="top-up">
      <h2 id="top-up" className="scroll-mt-40 text-xl font-bold">
        {t('wallet.topUp')}
      </h2>
      <Chips
        label={t('wallet.topUpAmount')}
        chips={suggestedMinor.map((minor) => ({
          href: `${paths.wallet(lang, { minor: String(minor) })}#top-up`,
          label: of(minor),
          isChosen: minor === chosenMinor,
        }))}
      />
      {amount === undefined ? (
        <form action={paths.wallet(lang)} className="flex flex-wrap items-end gap-3">
          <label className="min-w-0 grow space-y-1">
            <span className="block text-sm font-medium">
              {t('wallet.otherAmount', { currency, minimum: of(minimumMinor) })}
            </span>
            <input
              className="input"
              name="amount"
              inputMode="decimal"
              required
              pattern="[0-9,]+(\.[0-9]{1,3})?"
              autoComplete="transaction-amount"
            />
          </label>
          <button type="submit" className="button button-quiet">
            {t('wallet.continue')}
          </button>
        </form>
      ) : (
        <>
          <PaymentForm
            key={amount.amountMinor}
            action={topUp.bind(null, lang, amount)}
            idempotencyKey={randomUUID()}
            total={amount}
            payLabel={t('wallet.topUpNow', { amount: of(amount.amountMinor) })}
            lang={lang}
            methods={offeredMethods(
              marketplace.paymentMethods,
              (await client.payments.listPaymentMethods({ ...amount, currency })).items,
            )}
            texts={paymentTexts(t)}
            pendingLabel={t('form.pending')}
          />
          <Link className="link" href={paths.wallet(lang)}>
            {t('wallet.changeAmount')}
          </Link>
        </>
      )}
    </section>
  );
}
