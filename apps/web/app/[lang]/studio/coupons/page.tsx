import { randomUUID } from 'node:crypto';
import type { Currency } from '@plaza/kernel';
import type { Coupon } from '@plaza/marketing/contract';
import type { Metadata } from 'next';
import { changeCoupon, createCoupon } from '../../../../lib/actions/coupons.ts';
import { api } from '../../../../lib/api.ts';
import { categoryChoices } from '../../../../lib/categories.ts';
import { formatDate, formatMoney, formatNumber, formatPercent } from '../../../../lib/format.ts';
import { getMarketplace } from '../../../../lib/marketplace.ts';
import { type Translate, translator } from '../../../../lib/messages.ts';
import { paths } from '../../../../lib/paths.ts';
import { requireStore } from '../../../../lib/studio.ts';
import { PlainActionForm } from '../../../../ui/cart-forms.tsx';
import { NextPage } from '../../../../ui/next-page.tsx';
import { SimpleForm } from '../../../../ui/simple-form.tsx';

type Props = {
  readonly params: Promise<{ lang: string }>;
  readonly searchParams: Promise<{ cursor?: string }>;
};

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  return { title: translator((await params).lang)('studio.coupons') };
}

export default async function CouponsPage({ params, searchParams }: Props) {
  const [{ lang }, { cursor }] = [await params, await searchParams];
  const path = paths.studioCoupons(lang);
  const store = await requireStore(lang, path);
  const [{ currency, categories }, client, t] = [await getMarketplace(lang), await api(lang), translator(lang)];
  const page = await client.marketing.listCoupons({ storeId: store.id, limit: 30, cursor });
  return (
    <>
      <h1 className="text-3xl font-bold">{t('studio.coupons')}</h1>
      {page.items.length === 0 ? (
        <p className="card p-5 text-ink-muted">{t('coupon.none')}</p>
      ) : (
        <ul className="card divide-y divide-line">
          {page.items.map((coupon) => (
            <li key={coupon.id} className="flex flex-wrap items-center justify-between gap-3 p-4">
              <div>
                <p className="font-heading font-bold">{coupon.code}</p>
                <p>{[coupon.title, reductionText(coupon, t, currency, lang)].join(' · ')}</p>
                <p className="text-sm text-ink-muted">
                  {t('coupon.uses', { count: formatNumber(coupon.uses, lang) })}
                  {coupon.usesMax !== null && ` / ${formatNumber(coupon.usesMax, lang)}`}
                  {coupon.endTime !== null && ` · ${t('coupon.until', { day: formatDate(coupon.endTime, lang) })}`}
                </p>
              </div>
              <PlainActionForm
                action={changeCoupon.bind(null, lang, coupon.id, coupon.version)}
                idempotencyKey={randomUUID()}
                label={coupon.state === 'active' ? t('coupon.pause') : t('coupon.resume')}
                fields={{ intent: coupon.state === 'active' ? 'pause' : 'resume' }}
              />
            </li>
          ))}
        </ul>
      )}
      <NextPage path={path} cursor={page.nextCursor} label={t('browse.more')} />
      <section className="card max-w-xl space-y-4 p-5" aria-labelledby="new">
        <h2 id="new" className="text-xl font-bold">
          {t('coupon.new')}
        </h2>
        <SimpleForm
          key={page.items[0]?.id ?? 'first'}
          action={createCoupon.bind(null, lang, { id: store.id, currency })}
          fields={[
            {
              name: 'couponName',
              label: t('cart.coupon'),
              required: true,
              minLength: 2,
              maxLength: 40,
              hint: t('coupon.codeHint'),
            },
            { name: 'title', label: t('coupon.title'), maxLength: 120 },
            {
              name: 'kind',
              label: t('coupon.kind'),
              options: [
                { value: 'percent', label: t('coupon.percent') },
                { value: 'fixed', label: t('coupon.fixed', { currency }) },
                { value: 'free-shipping', label: t('coupon.free-shipping') },
              ],
            },
            { name: 'value', label: t('coupon.value'), inputMode: 'decimal', hint: t('coupon.valueHint') },
            { name: 'subtotalMin', label: t('coupon.subtotalMin', { currency }), inputMode: 'decimal' },
            {
              name: 'category',
              label: t('edit.category'),
              options: [
                { value: '', label: t('coupon.everything') },
                ...categoryChoices(categories).map(({ id, name }) => ({ value: id, label: name })),
              ],
            },
            { name: 'endDay', label: t('coupon.endDay'), type: 'date' },
            { name: 'usesMax', label: t('coupon.usesMax'), inputMode: 'numeric' },
            { name: 'usesPerMemberMax', label: t('coupon.usesPerMemberMax'), inputMode: 'numeric' },
          ]}
          submit={t('coupon.new')}
          pending={t('form.pending')}
          idempotencyKey={randomUUID()}
        />
      </section>
    </>
  );
}

function reductionText({ reduction }: Coupon, t: Translate, currency: Currency, lang: string): string {
  if (reduction.kind === 'free-shipping') return t('coupon.free-shipping');
  if (reduction.kind === 'fixed') return `−${formatMoney({ amountMinor: reduction.amountMinor, currency }, lang)}`;
  return `−${formatPercent(reduction.rateBp, lang)}`;
}
