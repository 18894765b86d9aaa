import type { Document } from '@plaza/orders/contract';
import { formatDate, formatMoney } from '../lib/format.ts';
import { type Translate, translator } from '../lib/messages.ts';
import { paths } from '../lib/paths.ts';
import { MonthForm } from './month-form.tsx';
import { NextPage } from './next-page.tsx';
import { TableHead, WideTable } from './wide-table.tsx';

type Props = {
  readonly lang: string;
  readonly month: string;
  readonly page: { readonly items: readonly Document[]; readonly nextCursor: string | null };
  /** Of the screen, and of all the month's documents as a file. */
  readonly paths: { readonly screen: string; readonly file: string };
};

/** The documents of a month that is chosen here, newest first, and all of them as a file. */
export function MonthOfDocuments({ lang, month, page: { items, nextCursor }, paths: { screen, file } }: Props) {
  const t = translator(lang);
  return (
    <>
      <MonthForm action={screen} month={month} labels={{ month: t('documents.month'), show: t('statement.show') }} />
      {items.length > 0 && (
        <p>
          <a className="link" href={file} rel="nofollow">
            {t('documents.csv')}
          </a>
        </p>
      )}
      <DocumentTable documents={items} lang={lang} t={t} />
      <NextPage path={screen} query={{ month }} cursor={nextCursor} label={t('browse.more')} />
    </>
  );
}

function DocumentTable({ documents, lang, t }: { documents: readonly Document[]; lang: string; t: Translate }) {
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
