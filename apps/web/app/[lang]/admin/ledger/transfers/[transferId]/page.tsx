import type { Metadata } from 'next';
import { api, orNotFound } from '../../../../../../lib/api.ts';
import { formatDateTime, formatNumber } from '../../../../../../lib/format.ts';
import { codeText, translator } from '../../../../../../lib/messages.ts';
import { paths } from '../../../../../../lib/paths.ts';
import { requireOperator } from '../../../../../../lib/studio.ts';
import { Link } from '../../../../../../ui/link.tsx';
import { TransferEntries } from '../../../../../../ui/transfer-entries.tsx';

type Props = { readonly params: Promise<{ lang: string; transferId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: translator((await params).lang)('ledger.transfer') };
}

/** One transfer: its lines, what it is about, and the link of the journal that vouches for it. */
export default async function TransferPage({ params }: Props) {
  const { lang, transferId } = await params;
  await requireOperator('admin');
  const [client, t] = [await api(lang), translator(lang)];
  const transfer = await orNotFound(client.payments.getTransfer({ transferId }));
  const { link } = transfer;
  return (
    <>
      <h1 className="text-3xl font-bold">{codeText(t, 'transfer', transfer.kind)}</h1>
      <p className="text-ink-muted">{formatDateTime(transfer.createdTime, lang)}</p>
      <section className="card p-5">
        <TransferEntries entries={transfer.entries} lang={lang} t={t} />
      </section>
      <dl className="card space-y-3 p-5 text-sm [&_dd]:break-all [&_dt]:font-medium">
        {transfer.orderId !== null && (
          <div>
            <dt>{t('admin.subject')}</dt>
            <dd>
              <Link className="link" href={paths.adminOrder(lang, transfer.orderId)}>
                {transfer.orderId}
              </Link>
            </dd>
          </div>
        )}
        <div>
          <dt>{t('ledger.key')}</dt>
          <dd>{transfer.key}</dd>
        </div>
        <div>
          <dt>{t('ledger.journal')}</dt>
          <dd>
            {link === null
              ? t('ledger.waits')
              : `№ ${formatNumber(link.sequence, lang)} · ${formatDateTime(link.linkedTime, lang)}`}
          </dd>
          {link !== null && <dd className="font-mono">{link.hash}</dd>}
        </div>
      </dl>
    </>
  );
}
