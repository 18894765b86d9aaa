import { idKindOf } from '@plaza/kernel';
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
  switch (idKindOf(id)) {
    case 'member':
      return email === null
        ? paths.adminAccountsOf(lang, id)
        : `${paths.adminMembers(lang)}?${new URLSearchParams({ email })}`;
    case 'store':
      return slug === null ? undefined : paths.store(lang, slug);
    case 'listing':
      return paths.listing(lang, id);
    case 'order':
      return paths.adminOrder(lang, id);
    case 'payout':
      return paths.adminPayout(lang, id);
    case 'payoutBatch':
      return paths.adminPayoutBatch(lang, id);
    case 'chargeback':
      return paths.adminChargeback(lang, id);
    case 'transfer':
      return paths.adminTransfer(lang, id);
    default:
      return undefined;
  }
}
