import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { changeCard, finishSaving, saveCard } from '../../../../lib/actions/saved-cards.ts';
import { api } from '../../../../lib/api.ts';
import { getMarketplace } from '../../../../lib/marketplace.ts';
import { translator } from '../../../../lib/messages.ts';
import { paths } from '../../../../lib/paths.ts';
import { requireMember } from '../../../../lib/session.ts';
import { PlainActionForm } from '../../../../ui/cart-forms.tsx';
import { Once } from '../../../../ui/once.tsx';
import { paymentTexts } from '../../../../ui/payment-texts.ts';
import { SaveCardForm } from '../../../../ui/save-card-form.tsx';

type Props = {
  readonly params: Promise<{ lang: string }>;
  /** `setup_intent`: what Stripe adds to the address that the member comes back to. */
  readonly searchParams: Promise<{ next?: string; setup_intent?: string }>;
};

/** Any price does: what is asked is who takes cards. */
const ASKED_MINOR = 10_000;

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  return { title: translator((await params).lang)('cards.title'), robots: { index: false } };
}

export default async function SavedCardsPage({ params, searchParams }: Props) {
  const [{ lang }, { next, setup_intent: approved }] = [await params, await searchParams];
  const path = paths.savedCards(lang);
  await requireMember(lang, path);
  const [{ currency }, client, t] = [await getMarketplace(lang), await api(lang), translator(lang)];
  const [{ items }, offered] = await Promise.all([
    client.payments.listSavedMethods({}),
    client.payments.listPaymentMethods({ amountMinor: ASKED_MINOR, currency }),
  ]);
  const entry = offered.items.find(({ kind }) => kind === 'card');
  return (
    <>
      <h1 className="text-3xl font-bold">{t('cards.title')}</h1>
      <p className="max-w-prose text-ink-muted">{t('cards.hint')}</p>
      {approved !== undefined && <Once action={finishSaving.bind(null, lang, approved)} />}
      {items.length === 0 && <p className="text-ink-muted">{t('cards.none')}</p>}
      <ul className="grid grid-cols-[minmax(0,1fr)] gap-4 sm:grid-cols-2">
        {items.map((card) => {
          const date = `${String(card.expiryMonth).padStart(2, '0')}/${card.expiryYear}`;
          return (
            <li key={card.id} className="card space-y-3 p-4">
              <div>
                <p className="font-semibold">
                  <span className="capitalize">{card.brand}</span> •••• {card.last4}{' '}
                  {card.isDefault && <span className="chip ml-1 font-normal">{t('cards.default')}</span>}
                </p>
                <p className={card.isExpired ? 'text-danger' : 'text-ink-muted'}>
                  {t(card.isExpired ? 'cards.expired' : 'cards.expires', { date })}
                </p>
              </div>
              <div className="flex flex-wrap items-center gap-3 text-sm">
                {!card.isDefault && (
                  <PlainActionForm
                    action={changeCard.bind(null, lang, card.id)}
                    idempotencyKey={randomUUID()}
                    label={t('address.makeDefault')}
                    className="link"
                  />
                )}
                <PlainActionForm
                  action={changeCard.bind(null, lang, card.id)}
                  idempotencyKey={randomUUID()}
                  label={t('cards.remove')}
                  className="link"
                  fields={{ intent: 'remove' }}
                />
              </div>
            </li>
          );
        })}
      </ul>
      {entry === undefined ? (
        <p className="card p-5 text-ink-muted">{t('cards.unavailable')}</p>
      ) : (
        <details className="card max-w-2xl p-5" open={items.length === 0 || next !== undefined}>
          <summary className="font-semibold">{t('cards.add')}</summary>
          <div className="pt-4">
            <SaveCardForm
              action={saveCard.bind(null, lang, next ?? path)}
              idempotencyKey={randomUUID()}
              publishableKey={entry.cardEntry === 'provider' ? entry.publishableKey : null}
              isSimulated={entry.provider === 'simulated'}
              currency={currency}
              lang={lang}
              texts={{ ...paymentTexts(t), fails: t('cards.fails') }}
              submit={t('cards.save')}
              pending={t('form.pending')}
            />
          </div>
        </details>
      )}
    </>
  );
}
