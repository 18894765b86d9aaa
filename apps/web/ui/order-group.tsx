import type { ShipmentGroup } from '@plaza/orders/contract';
import { textIn } from '../lib/format.ts';
import { getMarketplace } from '../lib/marketplace.ts';
import { paths } from '../lib/paths.ts';
import { Dispute } from './dispute.tsx';
import { GroupActions } from './group-actions.tsx';
import { GroupDelivery } from './group-delivery.tsx';
import { GroupLines } from './group-lines.tsx';
import { GroupTimeline } from './group-timeline.tsx';
import { Icon } from './icon.tsx';
import { Link } from './link.tsx';
import { MoneyPath } from './money-path.tsx';
import { StateBadge } from './order-list.tsx';
import { StateNews } from './state-news.tsx';

type Props = {
  readonly lang: string;
  readonly orderId: string;
  readonly group: ShipmentGroup;
  readonly isBuyer?: boolean;
  /** Whether the order is a member's, whose wallet money may go back to. */
  readonly isMembers?: boolean;
};

/** One store's part of an order: how it stands, what the reader may do now, and what happened. For buyers and sellers. */
export async function OrderGroup({ lang, orderId, group, isBuyer = true, isMembers = false }: Props) {
  const marketplace = await getMarketplace(lang);
  return (
    <section className="card space-y-4 p-5" aria-label={group.storeName}>
      <header className="flex flex-wrap items-center justify-between gap-2">
        <h2 className="flex items-center gap-2 font-bold">
          <Icon name="store" />
          <Link href={paths.store(lang, group.storeSlug)} className="hover:underline">
            {group.storeName}
          </Link>
        </h2>
        <StateNews stamp={group.state}>
          <StateBadge label={textIn(group.stateLabel, lang)} isFinal={group.isFinal} />
        </StateNews>
      </header>
      <GroupLines lang={lang} lines={group.lines} />
      <GroupDelivery lang={lang} marketplace={marketplace} group={group} />
      <GroupActions lang={lang} marketplace={marketplace} orderId={orderId} group={group} isMembers={isMembers} />
      <MoneyPath lang={lang} group={group} isBuyer={isBuyer} />
      {group.dispute !== null && <Dispute lang={lang} orderId={orderId} group={group} dispute={group.dispute} />}
      <GroupTimeline lang={lang} group={group} isBuyer={isBuyer} />
    </section>
  );
}
