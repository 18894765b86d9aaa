import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { openOrder } from '../../../../lib/actions/orders.ts';
import { getMarketplace } from '../../../../lib/marketplace.ts';
import { translator } from '../../../../lib/messages.ts';
import { paths } from '../../../../lib/paths.ts';
import { Link } from '../../../../ui/link.tsx';
import { NarrowCard } from '../../../../ui/narrow-card.tsx';
import { OrderOpener } from '../../../../ui/order-opener.tsx';

type Props = { readonly params: Promise<{ lang: string; orderId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const title = translator((await params).lang)('orderAccess.title');
  return { title, robots: { index: false }, referrer: 'no-referrer' };
}

/** Where a guest's mail about an order leads, on any device. The link's fragment opens it, and this server never reads that. */
export default async function OrderAccessPage({ params }: Props) {
  const { lang, orderId } = await params;
  const [marketplace, t] = [await getMarketplace(lang), translator(lang)];
  return (
    <NarrowCard marketplace={marketplace} title={t('orderAccess.title')}>
      <OrderOpener
        action={openOrder.bind(null, lang, orderId)}
        idempotencyKey={randomUUID()}
        texts={{
          submit: t('orderAccess.submit'),
          pending: t('orderAccess.pending'),
          incomplete: t('orderAccess.incomplete'),
        }}
      />
      <noscript>
        <p>{t('orderAccess.noScript')}</p>
      </noscript>
      <div className="space-y-3 border-t border-line pt-5 text-sm text-ink-muted">
        <p>{t('orderAccess.account')}</p>
        <p className="flex flex-wrap gap-4">
          <Link className="link" href={paths.orderLink(lang)}>
            {t('orderAccess.again')}
          </Link>
          <Link className="link" href={paths.signUp(lang, paths.orders(lang))}>
            {t('signUp.title')}
          </Link>
          <Link className="link" href={paths.signIn(lang, paths.orders(lang))}>
            {t('signIn.submit')}
          </Link>
        </p>
      </div>
    </NarrowCard>
  );
}
