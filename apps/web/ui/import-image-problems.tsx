import type { ImportImageProblem } from '@plaza/catalog/contract';
import { formatDateTime } from '../lib/format.ts';
import { errorText, translator } from '../lib/messages.ts';
import { paths } from '../lib/paths.ts';
import { ExactMessage } from './exact-message.tsx';
import { Link } from './link.tsx';
import { NextPage } from './next-page.tsx';
import { TableHead, WideTable } from './wide-table.tsx';

type Props = {
  readonly lang: string;
  readonly problems: { readonly items: readonly ImportImageProblem[]; readonly nextCursor: string | null };
  readonly path: string;
};

/** Pictures that a file names and nobody could fetch: of which listing, why, and when they are tried again. */
export function ImportImageProblems({ lang, problems: { items, nextCursor }, path }: Props) {
  if (items.length === 0) return null;
  const t = translator(lang);
  return (
    <section className="space-y-3" aria-labelledby="image-problems">
      <h2 id="image-problems" className="text-xl font-bold">
        {t('import.imageProblems')}
      </h2>
      <p className="text-ink-muted">{t('import.imageProblemsHint')}</p>
      <WideTable label={t('import.imageProblems')}>
        <TableHead columns={[t('import.listing'), t('import.picture'), t('import.message'), t('import.nextTry')]} />
        <tbody>
          {items.map(({ listingId, listingTitle, url, code, message, nextTryTime }) => (
            <tr key={`${listingId}-${url}`}>
              <td className="min-w-32">
                <Link className="link" href={paths.studioListing(lang, listingId)}>
                  {listingTitle}
                </Link>
              </td>
              <td className="min-w-48 max-w-72 break-all">{url}</td>
              <td className="min-w-56">
                <ExactMessage lang={lang} text={errorText(t, code, message)} message={message} />
              </td>
              <td>{nextTryTime === null ? t('import.givenUp') : formatDateTime(nextTryTime, lang)}</td>
            </tr>
          ))}
        </tbody>
      </WideTable>
      <NextPage path={path} cursor={nextCursor} label={t('browse.more')} name="images" />
    </section>
  );
}
