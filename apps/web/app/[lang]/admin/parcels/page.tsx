import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { recordParcels } from '../../../../lib/actions/parcels.ts';
import { api } from '../../../../lib/api.ts';
import { formatDateTime, formatMoney } from '../../../../lib/format.ts';
import { getMarketplace } from '../../../../lib/marketplace.ts';
import { translator } from '../../../../lib/messages.ts';
import { paths } from '../../../../lib/paths.ts';
import { requireOperator } from '../../../../lib/studio.ts';
import { Empty } from '../../../../ui/empty.tsx';
import { Link } from '../../../../ui/link.tsx';
import { NextPage } from '../../../../ui/next-page.tsx';
import { SimpleForm } from '../../../../ui/simple-form.tsx';

type Props = {
  readonly params: Promise<{ lang: string }>;
  readonly searchParams: Promise<{ cursor?: string }>;
};

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  return { title: translator((await params).lang)('parcels.title') };
}

/** Parcels that are paid at the door: which are out, and what carriers report of them. */
export default async function ParcelsPage({ params, searchParams }: Props) {
  const [{ lang }, { cursor }] = [await params, await searchParams];
  await requireOperator('admin');
  const [{ currency }, client, t] = [await getMarketplace(lang), await api(lang), translator(lang)];
  const path = paths.adminParcels(lang);
  const { items, nextCursor } = await client.orders.listDueParcels({ limit: 20, cursor });
  return (
    <>
      <h1 className="text-3xl font-bold">{t('parcels.title')}</h1>
      <section className="card space-y-4 p-5" aria-labelledby="report">
        <h2 id="report" className="text-xl font-bold">
          {t('parcels.report')}
        </h2>
        <SimpleForm
          action={recordParcels.bind(null, lang, currency)}
          fields={[
            {
              name: 'lines',
              label: t('parcels.lines'),
              hint: t('parcels.linesHint'),
              type: 'textarea',
              rows: 4,
              required: true,
              maxLength: 50_000,
            },
          ]}
          submit={t('parcels.record')}
          pending={t('form.pending')}
          idempotencyKey={randomUUID()}
        />
      </section>
      {items.length === 0 && <Empty icon="check" title={t('parcels.none')} />}
      <ul className="space-y-3">
        {items.map((parcel) => (
          <li key={parcel.groupId} className="card flex flex-wrap justify-between gap-2 p-5">
            <div className="min-w-40 grow">
              <Link className="link font-semibold" href={paths.adminOrder(lang, parcel.orderId)}>
                {t('order.title', { number: parcel.number })}
              </Link>
              <p className="text-sm text-ink-muted [overflow-wrap:anywhere]">
                {[parcel.storeName, parcel.carrier, parcel.trackingNumber, formatDateTime(parcel.shippedTime, lang)]
                  .filter(Boolean)
                  .join(' · ')}
              </p>
              {parcel.dueTime !== null && (
                <p className="text-sm text-ink-muted">
                  {t('money.until', { time: formatDateTime(parcel.dueTime, lang) })}
                </p>
              )}
            </div>
            <p className="font-heading text-lg font-bold">{formatMoney(parcel.due, lang)}</p>
          </li>
        ))}
      </ul>
      <NextPage path={path} cursor={nextCursor} label={t('browse.more')} />
    </>
  );
}
