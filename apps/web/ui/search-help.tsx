import { formatNumber, textIn } from '../lib/format.ts';
import { translator } from '../lib/messages.ts';
import { paths } from '../lib/paths.ts';
import { Link } from './link.tsx';

type Help = {
  readonly totalWithoutFilters: number;
  readonly categories: readonly { readonly id: string; readonly name: Readonly<Partial<Record<string, string>>> }[];
};

/** Where to go on when a search found nothing. */
export function SearchHelp({
  help,
  lang,
  query,
}: {
  readonly help: Help;
  readonly lang: string;
  readonly query: string;
}) {
  const t = translator(lang);
  return (
    <div className="mt-3 flex flex-wrap items-center gap-2">
      {help.totalWithoutFilters > 0 && (
        <Link className="chip" href={paths.search(lang, query)}>
          {t('search.withoutFilters', { count: formatNumber(help.totalWithoutFilters, lang) })}
        </Link>
      )}
      {help.categories.length > 0 && <span className="text-ink-muted">{t('search.tryCategories')}</span>}
      {help.categories.map(({ id, name }) => (
        <Link key={id} className="chip" href={paths.category(lang, id)}>
          {textIn(name, lang)}
        </Link>
      ))}
    </div>
  );
}
