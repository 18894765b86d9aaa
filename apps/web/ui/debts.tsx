import { randomUUID } from 'node:crypto';
import type { StoreDebt } from '@plaza/payments/contract';
import { writeOffDebt } from '../lib/actions/after-sale.ts';
import { api } from '../lib/api.ts';
import { formatMoney } from '../lib/format.ts';
import { translator } from '../lib/messages.ts';
import { paths } from '../lib/paths.ts';
import { subjectNames } from '../lib/subject-names.ts';
import { Link } from './link.tsx';
import { NextPage } from './next-page.tsx';
import { SimpleForm } from './simple-form.tsx';

/** What stores owe the marketplace and may never pay. */
export async function Debts({ lang, cursor }: { lang: string; cursor: string | undefined }) {
  const [client, t] = [await api(lang), translator(lang)];
  const page = { limit: 20, cursor };
  const { items, nextCursor } = await client.payments.listDebts(page);
  const stores = await subjectNames(
    client,
    items.map(({ storeId }) => storeId),
  );
  return (
    <section className="space-y-3" aria-labelledby="debts">
      <h2 id="debts" className="text-xl font-bold">
        {t('debt.list')}
      </h2>
      <p className="max-w-prose text-ink-muted">{t('debt.hint')}</p>
      {items.length === 0 && <p className="card p-5 text-ink-muted">{t('admin.nothing')}</p>}
      <ul className="space-y-3">
        {items.map((debt) => (
          <DebtCard
            key={debt.accountId}
            lang={lang}
            debt={debt}
            storeName={stores.get(debt.storeId)?.name ?? debt.storeId}
          />
        ))}
      </ul>
      <NextPage path={paths.adminRefunds(lang)} cursor={nextCursor} label={t('browse.more')} name="debts" />
    </section>
  );
}

type CardProps = { readonly lang: string; readonly debt: StoreDebt; readonly storeName: string };

function DebtCard({ lang, debt, storeName }: CardProps) {
  const t = translator(lang);
  return (
    <li className="card space-y-3 p-5">
      <p className="flex flex-wrap justify-between gap-2">
        <Link className="link" href={paths.adminAccount(lang, debt.accountId)}>
          {storeName}
        </Link>
        <span className="font-heading font-bold">{formatMoney(debt.owed, lang)}</span>
      </p>
      <details className="max-w-md rounded-medium open:border open:border-line open:p-4">
        <summary className="button button-outline w-fit list-none">{t('debt.writeOff')}</summary>
        <div className="pt-4">
          <SimpleForm
            action={writeOffDebt.bind(null, lang, { storeId: debt.storeId, currency: debt.owed.currency })}
            fields={[
              {
                name: 'amount',
                label: t('edit.amount', { currency: debt.owed.currency }),
                required: true,
                inputMode: 'decimal',
              },
              { name: 'reason', label: t('order.reason'), required: true, maxLength: 500 },
            ]}
            submit={t('debt.writeOff')}
            pending={t('form.pending')}
            buttonClassName="button button-danger"
            idempotencyKey={randomUUID()}
          />
        </div>
      </details>
    </li>
  );
}
