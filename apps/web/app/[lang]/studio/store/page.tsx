import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { saveTaxDetails } from '../../../../lib/actions/documents.ts';
import { saveStore } from '../../../../lib/actions/studio-store.ts';
import { api } from '../../../../lib/api.ts';
import { countryChoices } from '../../../../lib/categories.ts';
import { getMarketplace } from '../../../../lib/marketplace.ts';
import { translator } from '../../../../lib/messages.ts';
import { paths } from '../../../../lib/paths.ts';
import { requireStore } from '../../../../lib/studio.ts';
import { typedMoney } from '../../../../lib/typed-money.ts';
import { Link } from '../../../../ui/link.tsx';
import { SavedNotice } from '../../../../ui/saved-notice.tsx';
import { SimpleForm } from '../../../../ui/simple-form.tsx';
import { StoreCash } from '../../../../ui/store-cash.tsx';
import { StoreForm } from '../../../../ui/store-form.tsx';
import { imageTexts } from '../../../../ui/studio-texts.ts';
import { taxFields } from '../../../../ui/tax-fields.ts';
import { Thumb } from '../../../../ui/thumb.tsx';

type Props = {
  readonly params: Promise<{ lang: string }>;
  readonly searchParams: Promise<{ saved?: string }>;
};

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  return { title: translator((await params).lang)('studio.store') };
}

export default async function StorePage({ params, searchParams }: Props) {
  const [{ lang }, { saved }] = [await params, await searchParams];
  const store = await requireStore(lang, paths.studioStore(lang));
  const [{ currency, countries }, client, t] = [await getMarketplace(lang), await api(lang), translator(lang)];
  const tax = await client.orders.getStoreTaxDetails({ storeId: store.id });
  return (
    <>
      {saved !== undefined && <SavedNotice key={saved} text={t('account.saved')} />}
      <header className="flex items-center gap-4">
        <Thumb url={store.logoUrl} />
        <div>
          <h1 className="text-3xl font-bold">{t('studio.store')}</h1>
          <Link className="link" href={paths.store(lang, store.slug)}>
            {t('edit.view')}
          </Link>
        </div>
      </header>
      <StoreForm
        key={store.version}
        lang={lang}
        action={saveStore.bind(null, lang, {
          id: store.id,
          version: store.version,
          currency,
          location: store.location,
        })}
        values={{
          name: store.name,
          description: store.description,
          'location.city': store.location?.city ?? '',
          'location.region': store.location?.region ?? '',
          'location.countryCode': store.location?.countryCode ?? '',
          'policies.returns': store.policies.returns ?? '',
          'policies.shipping': store.policies.shipping ?? '',
          'policies.contact': store.policies.contact ?? '',
        }}
        shipping={store.shippingOptions.map(({ id, name, price, freeOver, estimatedDays }) => ({
          id,
          name,
          price: typedMoney(price),
          freeOver: typedMoney(freeOver),
          daysMin: String(estimatedDays.min),
          daysMax: String(estimatedDays.max),
        }))}
        countries={countryChoices(countries, lang)}
        texts={{
          name: t('store.name'),
          description: t('store.description'),
          returns: t('store.returns'),
          shippingPolicy: t('store.shippingPolicy'),
          contact: t('store.contact'),
          city: t('field.city'),
          region: t('field.region'),
          country: t('field.countryCode'),
          place: t('edit.place'),
          none: t('edit.none'),
          shipping: t('store.shipping'),
          shippingHint: t('store.shippingHint'),
          optionName: t('store.optionName'),
          price: t('edit.amount', { currency }),
          freeOver: t('store.freeOver'),
          daysMin: t('store.daysMin'),
          daysMax: t('store.daysMax'),
          addOption: t('store.addOption'),
          save: t('account.save'),
          pending: t('form.pending'),
          logo: imageTexts(t, t('store.logo'), t('store.logoHint')),
        }}
        idempotencyKey={randomUUID()}
      />
      <StoreCash lang={lang} storeId={store.id} />
      <section className="card max-w-3xl space-y-4 p-5" aria-labelledby="tax" id="documents">
        <h2 id="tax" className="text-xl font-bold">
          {t('tax.title')}
        </h2>
        <p className="text-ink-muted">{t('tax.hint')}</p>
        <SimpleForm
          key={tax.version}
          action={saveTaxDetails.bind(null, lang, { storeId: store.id, version: tax.version })}
          fields={taxFields(t, lang, { prefix: 'details.', countries, details: tax.details, isRequired: true })}
          submit={t('account.save')}
          pending={t('form.pending')}
          idempotencyKey={randomUUID()}
          className="grid gap-3 sm:grid-cols-2 sm:[&>[role]]:col-span-2"
          buttonClassName="button button-primary w-fit sm:col-span-2"
        />
      </section>
    </>
  );
}
