import { randomUUID } from 'node:crypto';
import type { Offer } from '@plaza/orders/contract';
import { buyNow } from '../lib/actions/cart.ts';
import { answerOffer } from '../lib/actions/offers.ts';
import { formatDateTime, formatMoney, textIn } from '../lib/format.ts';
import { translator } from '../lib/messages.ts';
import { paths } from '../lib/paths.ts';
import { PlainActionForm } from './cart-forms.tsx';
import { Link } from './link.tsx';
import { StateBadge } from './order-list.tsx';
import { SimpleForm } from './simple-form.tsx';
import { StateNews } from './state-news.tsx';
import { Thumb } from './thumb.tsx';

/** An offer with its history and what the reader may answer. For buyers and sellers. */
export function OfferCard({ offer, lang, reader }: { offer: Offer; lang: string; reader: 'buyer' | 'seller' }) {
  const t = translator(lang);
  const price = formatMoney(offer.price, lang);
  const answer = answerOffer.bind(null, lang, offer.id, offer.price);
  const may = new Set(offer.actions.map(({ name }) => name));
  const refusal = offer.actions.find(({ name }) => name === 'decline');
  const counters = offer.actions.filter(({ asks }) => asks.includes('priceMinor'));
  const told = ({ action, price: named }: Offer['history'][number]): string => {
    const amount = formatMoney(named, lang);
    return action === 'accept' || action === 'decline' || action === 'expire'
      ? t(`offer.did.${action}`, { price: amount })
      : amount;
  };
  return (
    <article className="card space-y-3 p-4">
      <div className="flex items-center gap-4">
        <Thumb url={offer.imageUrl} />
        <div className="min-w-0 grow">
          <h2 className="truncate font-semibold">
            <Link href={paths.listing(lang, offer.listingSlug)} className="hover:underline">
              {offer.title}
            </Link>
          </h2>
          <p className="text-sm text-ink-muted">
            {offer.variantTitle !== '' && `${offer.variantTitle} · `}
            {offer.quantity > 1 && `${t('offer.pieces', { count: offer.quantity })} · `}
            {t('offer.asked', { price: formatMoney(offer.listPrice, lang) })}
            {offer.dueTime !== null && ` · ${t('offer.until', { date: formatDateTime(offer.dueTime, lang) })}`}
          </p>
          <StateNews stamp={offer.state}>
            <StateBadge label={textIn(offer.stateLabel, lang)} isFinal={offer.isFinal} />
          </StateNews>
        </div>
        <p className="font-heading text-xl font-bold">{price}</p>
      </div>
      <ol className="space-y-1 border-l-2 border-line pl-3 text-sm">
        {offer.history.map((entry) => (
          <li key={`${entry.action}-${entry.time}`}>
            {t(entry.by === 'buyer' ? 'role.buyer' : `actor.${entry.by}`)}: {told(entry)}
            {entry.message !== null && <q className="ml-1 italic">{entry.message}</q>}{' '}
            <span className="text-ink-muted">{formatDateTime(entry.time, lang)}</span>
          </li>
        ))}
      </ol>
      <div className="flex flex-wrap items-end gap-2">
        {offer.isUsable && (
          <PlainActionForm
            action={buyNow.bind(null, lang)}
            idempotencyKey={randomUUID()}
            label={t('offer.buy', { price })}
            className="button button-primary"
            fields={{ variantId: offer.variantId, quantity: String(offer.quantity), offerId: offer.id }}
          />
        )}
        {may.has('accept') && (
          <PlainActionForm
            action={answer}
            idempotencyKey={randomUUID()}
            label={t('offer.accept', { price })}
            className="button button-primary"
            fields={{ intent: 'accept' }}
          />
        )}
        {counters.length > 0 && (
          <SimpleForm
            action={answer}
            className="flex flex-wrap items-end gap-2"
            fields={[
              {
                name: 'price',
                label: t('offer.price', { currency: offer.price.currency }),
                required: true,
                inputMode: 'decimal',
              },
            ]}
            submit={t('offer.counter')}
            pending={t('form.pending')}
            idempotencyKey={randomUUID()}
            buttonClassName="button button-quiet"
          />
        )}
        {refusal !== undefined && (
          <PlainActionForm
            action={answer}
            idempotencyKey={randomUUID()}
            label={offer.history.at(-1)?.by === reader ? t('offer.withdraw') : textIn(refusal.label, lang)}
            className="button button-outline"
            fields={{ intent: 'decline' }}
          />
        )}
      </div>
    </article>
  );
}
