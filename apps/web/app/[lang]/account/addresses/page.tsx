import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { changeAddress, saveAddress } from '../../../../lib/actions/account.ts';
import { countriesIn } from '../../../../lib/address.ts';
import { api } from '../../../../lib/api.ts';
import { getMarketplace } from '../../../../lib/marketplace.ts';
import { translator } from '../../../../lib/messages.ts';
import { paths } from '../../../../lib/paths.ts';
import { requireMember } from '../../../../lib/session.ts';
import { AddressForm } from '../../../../ui/address-form.tsx';
import { addressTexts } from '../../../../ui/address-texts.ts';
import { PlainActionForm } from '../../../../ui/cart-forms.tsx';
import { PostalAddress } from '../../../../ui/postal-address.tsx';

type Props = { readonly params: Promise<{ lang: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: translator((await params).lang)('account.addresses'), robots: { index: false } };
}

export default async function AddressesPage({ params }: Props) {
  const { lang } = await params;
  await requireMember(lang, paths.addresses(lang));
  const [marketplace, client, t] = [await getMarketplace(lang), await api(lang), translator(lang)];
  const { items } = await client.identity.listAddresses({});
  const shared = {
    countries: countriesIn(lang, marketplace.countries),
    texts: addressTexts(t),
    save: t('account.save'),
    pending: t('form.pending'),
  };
  return (
    <>
      <h1 className="text-3xl font-bold">{t('account.addresses')}</h1>
      {items.length === 0 && <p className="text-ink-muted">{t('address.none')}</p>}
      <ul className="grid grid-cols-[minmax(0,1fr)] gap-4 sm:grid-cols-2">
        {items.map((address) => (
          <li key={address.id} className="card space-y-3 p-4">
            {address.isDefault && <span className="chip">{t('address.default')}</span>}
            <PostalAddress lang={lang} address={address} />
            <div className="flex flex-wrap items-center gap-3 text-sm">
              {!address.isDefault && (
                <PlainActionForm
                  action={changeAddress.bind(null, lang, address.id)}
                  idempotencyKey={randomUUID()}
                  label={t('address.makeDefault')}
                  className="link"
                />
              )}
              <PlainActionForm
                action={changeAddress.bind(null, lang, address.id)}
                idempotencyKey={randomUUID()}
                label={t('address.delete')}
                className="link"
                fields={{ intent: 'delete' }}
              />
            </div>
            <details>
              <summary className="link w-fit text-sm">{t('address.edit')}</summary>
              <div className="pt-3">
                <AddressForm
                  action={saveAddress.bind(null, lang, { addressId: address.id, version: address.version })}
                  address={{ ...address }}
                  idempotencyKey={randomUUID()}
                  {...shared}
                />
              </div>
            </details>
          </li>
        ))}
      </ul>
      <details className="card max-w-2xl p-5" open={items.length === 0}>
        <summary className="font-semibold">{t('address.add')}</summary>
        <div className="pt-4">
          <AddressForm
            action={saveAddress.bind(null, lang, null)}
            address={null}
            idempotencyKey={randomUUID()}
            {...shared}
          />
        </div>
      </details>
    </>
  );
}
