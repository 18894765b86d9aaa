import { randomUUID } from 'node:crypto';
import { setCashOnDelivery } from '../lib/actions/studio-store.ts';
import { api } from '../lib/api.ts';
import { translator } from '../lib/messages.ts';
import { SimpleForm } from './simple-form.tsx';

/** Whether a store's buyers may pay at the door, to switch on or off. Nothing where the marketplace has no such way to pay. */
export async function StoreCash({ lang, storeId }: { lang: string; storeId: string }) {
  const [client, t] = [await api(lang), translator(lang)];
  const { isOffered, accepts, collector } = await client.payments.getCashOnDelivery({ storeId });
  if (!isOffered) return null;
  return (
    <section className="card max-w-3xl space-y-4 p-5" aria-labelledby="cash">
      <header className="flex flex-wrap items-center justify-between gap-2">
        <h2 id="cash" className="text-xl font-bold">
          {t('cash.store')}
        </h2>
        <span className="text-sm font-semibold">{t(accepts ? 'cash.on' : 'cash.off')}</span>
      </header>
      <p className="text-ink-muted">{t(collector === 'carrier' ? 'cash.storeCarrier' : 'cash.storeSeller')}</p>
      <SimpleForm
        action={setCashOnDelivery.bind(null, lang, { storeId, accepts: !accepts })}
        fields={[]}
        submit={t(accepts ? 'cash.stop' : 'cash.accept')}
        pending={t('form.pending')}
        idempotencyKey={randomUUID()}
        buttonClassName={accepts ? 'button button-outline w-fit' : 'button button-primary w-fit'}
      />
    </section>
  );
}
