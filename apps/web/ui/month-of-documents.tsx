import type { Document } from '@plaza/orders/contract';
import { formatDate, formatMoney } from '../lib/format.ts';
import type { Translate } from '../lib/messages.ts';
import { paths } from '../lib/paths.ts';
import { TableHead, WideTable } from './wide-table.tsx';

/** A month's documents, newest first, each to be opened. */
export function DocumentTable({ documents, lang, t }: { documents: readonly Document[]; lang: string; t: Translate }) {
  if (documents.length === 0) return <p className="card p-5 text-ink-muted">{t('documents.none')}</p>;
  return (
    <WideTable label={t('documents.title')}>
      <TableHead
        columns={[
          t('documents.number'),
          t('documents.date'),
          t('documents.kind'),
          t('documents.recipient'),
          { number: t('documents.tax') },
          { number: t('total.total') },
        ]}
      />
      <tbody>
        {documents.map((document) => (
          <tr key={document.id}>
            <td className="whitespace-nowrap">
              <a className="link" href={paths.document(lang, document.id)} rel="nofollow">
                {document.number}
              </a>
            </td>
            <td className="whitespace-nowrap">{formatDate(document.issueTime, lang)}</td>
            <td>{t(`document.${document.kind}`)}</td>
            <td>{document.recipientName}</td>
            <td className="whitespace-nowrap text-right">{formatMoney(document.tax, lang)}</td>
            <td className="whitespace-nowrap text-right font-medium">{formatMoney(document.total, lang)}</td>
          </tr>
        ))}
      </tbody>
    </WideTable>
  );
}
