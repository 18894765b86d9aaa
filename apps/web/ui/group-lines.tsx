import type { ShipmentGroup } from '@plaza/orders/contract';
import { formatMoney } from '../lib/format.ts';
import { translator } from '../lib/messages.ts';
import { paths } from '../lib/paths.ts';
import { Link } from './link.tsx';
import { Thumb } from './thumb.tsx';

/** What of one store is in an order, and what of it was given back. */
export function GroupLines({ lang, lines }: { lang: string; lines: ShipmentGroup['lines'] }) {
  const t = translator(lang);
  return (
    <ul className="divide-y divide-line">
      {lines.map((line) => (
        <li key={line.id} className="flex items-center gap-4 py-3">
          <Thumb url={line.imageUrl} />
          <div className="min-w-0 grow">
            <Link href={paths.listing(lang, line.listingSlug)} className="font-medium hover:underline">
              {line.title}
            </Link>
            <p className="text-sm text-ink-muted">
              {[
                line.variantTitle,
                `${line.quantity} × ${formatMoney(line.unitPrice, lang)}`,
                line.discount.amountMinor === 0 ? '' : `−${formatMoney(line.discount, lang)}`,
              ]
                .filter(Boolean)
                .join(' · ')}
            </p>
            {line.refundedQuantity > 0 && (
              <p className="text-sm font-medium">{t('lineRefund.refunded', { count: line.refundedQuantity })}</p>
            )}
          </div>
          <p className="font-semibold">{formatMoney(line.total, lang)}</p>
        </li>
      ))}
    </ul>
  );
}
