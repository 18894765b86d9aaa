import { randomUUID } from 'node:crypto';
import type { CartLine as Line } from '@plaza/orders/contract';
import { changeLine } from '../lib/actions/cart.ts';
import { formatMoney } from '../lib/format.ts';
import { translator } from '../lib/messages.ts';
import { paths } from '../lib/paths.ts';
import { CartLineForm } from './cart-forms.tsx';
import { Icon } from './icon.tsx';
import { Link } from './link.tsx';

/** One line of a cart, with what is wrong with it and the form that changes it. */
export function CartLine({ lang, cartId, line }: { lang: string; cartId: string; line: Line }) {
  const t = translator(lang);
  return (
    <li className="flex gap-4 py-4">
      {line.imageUrl === null ? (
        <span className="grid size-20 shrink-0 place-items-center rounded-small bg-muted">
          <Icon name="image" />
        </span>
      ) : (
        <img
          src={line.imageUrl}
          alt=""
          width={80}
          height={80}
          className="size-20 shrink-0 rounded-small object-cover"
        />
      )}
      <div className="min-w-0 grow space-y-1">
        <Link href={paths.listing(lang, line.listingSlug)} className="font-medium hover:underline">
          {line.title}
        </Link>
        {line.variantTitle !== '' && <p className="text-sm text-ink-muted">{line.variantTitle}</p>}
        {line.problems.map((problem) => (
          <p key={problem.code} className="text-sm font-medium text-danger" role="status">
            {t(`problem.${problem.code}`, {
              count: problem.freeQuantity ?? 0,
              price: problem.previousPrice === undefined ? '' : formatMoney(problem.previousPrice, lang),
            })}
          </p>
        ))}
        <CartLineForm
          action={changeLine.bind(null, lang, cartId, line.id)}
          quantity={line.quantity}
          isFixed={line.kind === 'digital' || line.offerId !== null}
          labels={{
            quantity: t('listing.quantity'),
            update: t('cart.update'),
            remove: t('cart.remove'),
            of: line.title,
          }}
          idempotencyKey={randomUUID()}
        />
      </div>
      <p className="font-semibold">{formatMoney(line.total, lang)}</p>
    </li>
  );
}
