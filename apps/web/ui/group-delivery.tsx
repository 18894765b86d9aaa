import type { ShipmentGroup } from '@plaza/orders/contract';
import type { Marketplace } from '../lib/marketplace.ts';
import { translator } from '../lib/messages.ts';
import { Icon } from './icon.tsx';

type Props = { readonly lang: string; readonly marketplace: Marketplace; readonly group: ShipmentGroup };

/** How a store's part of an order comes to its buyer, and where it can be followed. */
export function GroupDelivery({ lang, marketplace: { shipping }, group }: Props) {
  const t = translator(lang);
  const carrier = shipping.carriers.find(({ id, name }) => id === group.carrier || name === group.carrier);
  const safePoint = shipping.meetUp.safePoints.find(({ id }) => id === group.safePointId);
  return (
    <>
      {group.shippingName !== null && (
        <p className="flex flex-wrap items-center gap-2 text-sm">
          <Icon name="truck" className="text-ink-muted" />
          {group.shippingName}
          {safePoint !== undefined && ` · ${t('order.safePoint')}: ${safePoint.name}`}
        </p>
      )}
      {group.trackingNumber !== null && (
        <p className="text-sm">
          {t('order.tracking')}: {carrier?.name ?? group.carrier}{' '}
          {carrier?.trackingUrl === undefined ? (
            group.trackingNumber
          ) : (
            <a
              className="link"
              rel="noreferrer"
              target="_blank"
              href={carrier.trackingUrl.replace('{number}', encodeURIComponent(group.trackingNumber))}
            >
              {group.trackingNumber}
            </a>
          )}
        </p>
      )}
    </>
  );
}
