import { api } from '../lib/api.ts';
import { formatDateTime } from '../lib/format.ts';
import { codeText, translator } from '../lib/messages.ts';
import { paths } from '../lib/paths.ts';
import { Link } from './link.tsx';
import { NextPage } from './next-page.tsx';
import { TransferEntries } from './transfer-entries.tsx';

/** Every movement of money, newest first. */
export async function TransferList({ lang, cursor }: { lang: string; cursor: string | undefined }) {
  const [client, t] = [await api(lang), translator(lang)];
  const page = await client.payments.listTransfers({ limit: 20, cursor });
  return (
    <section className="space-y-3" aria-labelledby="transfers">
      <h2 id="transfers" className="text-xl font-bold">
        {t('admin.transfers')}
      </h2>
      {page.items.length === 0 && <p className="card p-5 text-ink-muted">{t('admin.nothing')}</p>}
      <ul className="space-y-3">
        {page.items.map((transfer) => (
          <li key={transfer.id} className="card p-4">
            <p className="flex flex-wrap justify-between gap-2">
              <Link className="font-semibold" href={paths.adminTransfer(lang, transfer.id)}>
                {codeText(t, 'transfer', transfer.kind)}
              </Link>
              <span className="text-sm text-ink-muted">{formatDateTime(transfer.createdTime, lang)}</span>
            </p>
            {transfer.orderId !== null && (
              <Link className="link break-all text-sm" href={paths.adminOrder(lang, transfer.orderId)}>
                {transfer.orderId}
              </Link>
            )}
            <TransferEntries entries={transfer.entries} lang={lang} t={t} />
          </li>
        ))}
      </ul>
      <NextPage path={paths.adminLedger(lang)} cursor={page.nextCursor} label={t('browse.more')} />
    </section>
  );
}
