import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import Link from 'next/link';
import { saveStore } from '../../../../lib/actions/studio-store.ts';
import { countryChoices } from '../../../../lib/categories.ts';
import { getMarketplace } from '../../../../lib/marketplace.ts';
import { translator } from '../../../../lib/messages.ts';
import { paths } from '../../../../lib/paths.ts';
import { requireStore } from '../../../../lib/studio.ts';
import { typedMoney } from '../../../../lib/typed-money.ts';
import { SavedNotice } from '../../../../ui/saved-notice.tsx';
import { StoreForm } from '../../../../ui/store-form.tsx';
import { imageTexts } from '../../../../ui/studio-texts.ts';
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
  const [{ currency, countries }, t] = [await getMarketplace(lang), translator(lang)];
  return (
    <>
      {saved !== undefined && <SavedNotice text={t('account.saved')} />}
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
        action={saveStore.bind(null, lang, { id: store.id, version: store.version, currency })}
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
    </>
  );
}
