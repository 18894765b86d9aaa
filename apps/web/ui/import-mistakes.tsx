import type { ImportMistake } from '@plaza/catalog/contract';
import { formatNumber } from '../lib/format.ts';
import { mistakeText, translator } from '../lib/messages.ts';
import { ExactMessage } from './exact-message.tsx';
import { NextPage } from './next-page.tsx';
import { TableHead, WideTable } from './wide-table.tsx';

type Props = {
  readonly lang: string;
  readonly mistakes: { readonly items: readonly ImportMistake[]; readonly nextCursor: string | null };
  /** Of all pages. */
  readonly count: number;
  readonly path: string;
};

/** What is wrong with which row and column of a file. */
export function ImportMistakes({ lang, mistakes: { items, nextCursor }, count, path }: Props) {
  if (items.length === 0) return null;
  const t = translator(lang);
  const title = t('import.mistakes', { count: formatNumber(count, lang) });
  return (
    <section className="space-y-3" aria-labelledby="mistakes">
      <h2 id="mistakes" className="text-xl font-bold">
        {title}
      </h2>
      <WideTable label={title}>
        <TableHead columns={[t('import.row'), t('import.column'), t('import.handle'), t('import.message')]} />
        <tbody>
          {items.map((each) => (
            <tr key={`${each.row}-${each.column}-${each.code}-${each.message}`}>
              <td>{each.row}</td>
              <td>{each.column ?? '—'}</td>
              <td>{each.handle ?? '—'}</td>
              <td className="min-w-56">
                <ExactMessage
                  lang={lang}
                  text={mistakeText(t, { code: each.code, detail: each.message })}
                  message={each.message}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </WideTable>
      <NextPage path={path} cursor={nextCursor} label={t('browse.more')} />
    </section>
  );
}
