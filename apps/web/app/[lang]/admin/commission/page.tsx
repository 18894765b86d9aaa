import type { Currency } from '@plaza/kernel';
import type { CommissionRuleLine } from '@plaza/orders/contract';
import type { Metadata } from 'next';
import { showEarnings } from '../../../../lib/actions/earnings.ts';
import { api } from '../../../../lib/api.ts';
import { categoryChoices } from '../../../../lib/categories.ts';
import { formatMoney, formatPercent } from '../../../../lib/format.ts';
import { categoryTrail, getMarketplace, type Marketplace } from '../../../../lib/marketplace.ts';
import { type Translate, translator } from '../../../../lib/messages.ts';
import { requireOperator } from '../../../../lib/studio.ts';
import { EarningsForm } from '../../../../ui/earnings-form.tsx';
import { TableHead, WideTable } from '../../../../ui/wide-table.tsx';

type Props = { readonly params: Promise<{ lang: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: translator((await params).lang)('purpose.commission') };
}

/** What the marketplace keeps of its sales, and what another rate would leave. */
export default async function CommissionPage({ params }: Props) {
  const { lang } = await params;
  await requireOperator('admin');
  const [marketplace, client, t] = [await getMarketplace(lang), await api(lang), translator(lang)];
  const { currency } = marketplace;
  const { items } = await client.orders.listCommissionRules({});
  return (
    <>
      <h1 className="text-3xl font-bold">{t('purpose.commission')}</h1>
      <section className="space-y-3" aria-labelledby="rules">
        <h2 id="rules" className="text-xl font-bold">
          {t('commission.rules')}
        </h2>
        <p className="text-ink-muted">{t('commission.hint')}</p>
        <WideTable label={t('commission.rules')}>
          <TableHead
            columns={[
              '#',
              t('commission.appliesTo'),
              ...(['rate', 'min', 'max', 'vat'] as const).map((column) => ({ number: t(`commission.${column}`) })),
            ]}
          />
          <tbody>
            {items.map((rule) => (
              <tr key={rule.position}>
                <td>{rule.position}</td>
                <th scope="row" className="!font-normal !text-ink">
                  {conditionsOf(rule, marketplace, lang, t)}
                </th>
                <td className="text-right">{formatPercent(rule.rateBp, lang)}</td>
                <td className="whitespace-nowrap text-right">{amountOf(rule.minMinor, currency, lang)}</td>
                <td className="whitespace-nowrap text-right">{amountOf(rule.maxMinor, currency, lang)}</td>
                <td className="text-right">{formatPercent(rule.vatBp, lang)}</td>
              </tr>
            ))}
          </tbody>
        </WideTable>
      </section>
      <section className="card max-w-3xl space-y-4 p-5" aria-labelledby="what-if">
        <h2 id="what-if" className="text-xl font-bold">
          {t('commission.whatIf')}
        </h2>
        <p className="text-ink-muted">{t('commission.whatIfHint')}</p>
        <EarningsForm
          action={showEarnings.bind(null, lang, { currency })}
          fields={[
            {
              name: 'categoryId',
              label: t('edit.category'),
              options: categoryChoices(marketplace.categories).map(({ id, name }) => ({ value: id, label: name })),
            },
            {
              name: 'kind',
              label: t('edit.kind'),
              options: marketplace.listingKinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) })),
            },
            {
              name: 'amount',
              label: t('earnings.price', { currency }),
              required: true,
              inputMode: 'decimal',
            },
            { name: 'rate', label: t('commission.otherRate'), inputMode: 'decimal' },
            { name: 'min', label: t('commission.otherMin', { currency }), inputMode: 'decimal' },
            { name: 'max', label: t('commission.otherMax', { currency }), inputMode: 'decimal' },
            {
              name: 'vat',
              label: t('commission.otherVat'),
              inputMode: 'decimal',
              defaultValue: String((items.at(-1)?.vatBp ?? 0) / 100),
            },
          ]}
          submit={t('earnings.compute')}
          pending={t('form.pending')}
        />
      </section>
    </>
  );
}

/** Whom a rule is for, in words: `Plugins · Digital · from $100.00`. */
function conditionsOf(rule: CommissionRuleLine, marketplace: Marketplace, lang: string, t: Translate): string {
  const { categories, currency } = marketplace;
  const conditions = [
    rule.categoryId === null
      ? undefined
      : categoryTrail(categories, rule.categoryId)
          .map(({ name }) => name)
          .join(' › '),
    rule.kind === null ? undefined : t(`kind.${rule.kind}`),
    rule.storeSlug ?? undefined,
    rule.fromMinor === null ? undefined : t('commission.from', { amount: amountOf(rule.fromMinor, currency, lang) }),
  ].filter((each) => each !== undefined);
  return conditions.length === 0 ? t('commission.everything') : conditions.join(' · ');
}

function amountOf(amountMinor: number | null, currency: Currency, lang: string): string {
  return amountMinor === null ? '–' : formatMoney({ amountMinor, currency }, lang);
}
