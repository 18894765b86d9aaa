import Link from 'next/link';
import { paths } from '../lib/paths.ts';
import type { SubjectName, SubjectNames } from '../lib/subject-names.ts';

type Props = { readonly id: string; readonly lang: string; readonly names?: SubjectNames };

/** What something is about: by its name where it has one, and leading to its screen where there is one. */
export function SubjectLink({ id, lang, names }: Props) {
  const called = names?.get(id);
  const href = screenOf(lang, id, called);
  const shown = called?.name ?? <span className="font-mono text-xs">{id}</span>;
  if (href === undefined) return shown;
  return (
    <Link className="link" href={href} title={id}>
      {shown}
    </Link>
  );
}

function screenOf(lang: string, id: string, called: SubjectName | undefined): string | undefined {
  const { email = null, slug = null } = called ?? {};
  switch (id.split('_')[0]) {
    case 'mem':
      return email === null
        ? paths.adminAccountsOf(lang, id)
        : `${paths.adminMembers(lang)}?${new URLSearchParams({ email })}`;
    case 'sto':
      return slug === null ? undefined : paths.store(lang, slug);
    case 'lst':
      return paths.listing(lang, id);
    case 'ord':
      return paths.adminOrder(lang, id);
    case 'pyo':
      return paths.adminPayout(lang, id);
    case 'pba':
      return paths.adminPayoutBatch(lang, id);
    case 'cbk':
      return paths.adminChargeback(lang, id);
    case 'trf':
      return paths.adminTransfer(lang, id);
    default:
      return undefined;
  }
}
