import { randomUUID } from 'node:crypto';
import type { ListingState } from '@plaza/catalog/contract';
import { moveListing } from '../lib/actions/studio-listings.ts';
import { translator } from '../lib/messages.ts';
import { PlainActionForm } from './cart-forms.tsx';

const INTENTS: Readonly<Record<ListingState, readonly ('publish' | 'pause' | 'sold')[]>> = {
  draft: ['publish'],
  published: ['pause', 'sold'],
  paused: ['publish', 'sold'],
  sold: ['publish'],
  suspended: [],
  deleted: [],
};

/** Moves a listing along its life; the API has the last word. Deleting is opened first. */
export function ListingStateForms({
  lang,
  listingId,
  state,
}: {
  lang: string;
  listingId: string;
  state: ListingState;
}) {
  const t = translator(lang);
  const action = moveListing.bind(null, lang, listingId);
  return (
    <div className="flex flex-wrap items-start gap-2">
      {INTENTS[state].map((intent) => (
        <PlainActionForm
          key={intent}
          action={action}
          idempotencyKey={randomUUID()}
          label={t(`move.${intent}`)}
          fields={{ intent }}
          className={intent === 'publish' ? 'button button-primary' : 'button button-quiet'}
        />
      ))}
      {state !== 'deleted' && (
        <details>
          <summary className="button button-outline list-none">{t('move.delete')}</summary>
          <div className="pt-2">
            <PlainActionForm
              action={action}
              idempotencyKey={randomUUID()}
              label={t('move.deleteSure')}
              fields={{ intent: 'delete' }}
              className="button button-danger"
            />
          </div>
        </details>
      )}
    </div>
  );
}
