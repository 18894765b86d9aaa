import { randomUUID } from 'node:crypto';
import type { SellerCard } from '@plaza/catalog/contract';
import { suspendListing } from '../lib/actions/admin.ts';
import { formatMoney } from '../lib/format.ts';
import { translator } from '../lib/messages.ts';
import { paths } from '../lib/paths.ts';
import { PlainActionForm } from './cart-forms.tsx';
import { Link } from './link.tsx';
import { StateBadge } from './order-list.tsx';
import { SimpleForm } from './simple-form.tsx';
import { Thumb } from './thumb.tsx';

type Props = {
  readonly lang: string;
  readonly listing: Pick<SellerCard, 'id' | 'slug' | 'title' | 'imageUrl' | 'storeName' | 'price' | 'state'>;
  /** When it was changed last, or what else is to be known of it. */
  readonly note: string;
};

/** A listing as operators see it: whose it is, its state, and what they may do about it. */
export function OperatorListing({ lang, listing, note }: Props) {
  const t = translator(lang);
  const action = suspendListing.bind(null, lang, listing.id);
  return (
    <li className="flex flex-wrap items-center gap-4 p-3">
      <Thumb url={listing.imageUrl} size={48} />
      <div className="min-w-40 grow">
        <h2 className="font-medium">
          <Link href={paths.listing(lang, listing.slug)} className="hover:underline">
            {listing.title}
          </Link>
        </h2>
        <p className="text-sm text-ink-muted">
          {listing.storeName} · {formatMoney(listing.price, lang)} · {note}
        </p>
        {listing.state === 'published' && listing.imageUrl !== null && (
          <Link href={paths.adminListingCopies(lang, listing.id)} className="link text-sm">
            {t('admin.copies')}
          </Link>
        )}
      </div>
      <StateBadge label={t(`state.${listing.state}`)} isFinal={listing.state !== 'published'} />
      {listing.state === 'suspended' && (
        <PlainActionForm
          action={action}
          idempotencyKey={randomUUID()}
          label={t('admin.reinstate')}
          fields={{ intent: 'reinstate' }}
        />
      )}
      {listing.state !== 'suspended' && listing.state !== 'deleted' && (
        <details>
          <summary className="button button-outline list-none" aria-label={`${t('admin.suspend')}: ${listing.title}`}>
            {t('admin.suspend')}
          </summary>
          <SimpleForm
            action={action}
            className="space-y-2 pt-2"
            fields={[{ name: 'reason', label: t('order.reason'), required: true, minLength: 3, maxLength: 1000 }]}
            submit={t('admin.suspend')}
            pending={t('form.pending')}
            buttonClassName="button button-danger"
            idempotencyKey={randomUUID()}
          />
        </details>
      )}
    </li>
  );
}
