import { idKindOf } from '@plaza/kernel';
import { formatMoney } from '../lib/format.ts';
import { paths } from '../lib/paths.ts';
import type { SubjectName, SubjectNames } from '../lib/subject-names.ts';
import { Link } from './link.tsx';

type Props = { readonly id: string; readonly lang: string; readonly names?: SubjectNames };

/** What something is about: by its name where it has one, and leading to its screen where there is one. */
export function SubjectLink({ id, lang, names }: Props) {
  const called = names?.get(id);
  const href = screenOf(lang, id, called);
  const shown = called === undefined ? <span className="font-mono text-xs">{id}</span> : nameOf(called, lang);
  if (href === undefined) return called === undefined ? shown : <span title={id}>{shown}</span>;
  return (
    <Link className="link" href={href} title={id}>
      {shown}
    </Link>
  );
}

/** `$51.00 · visa 4242` */
function nameOf({ name, amount }: SubjectName, lang: string): string {
  return amount === null ? name : `${formatMoney(amount, lang)} · ${name}`;
}

function screenOf(lang: string, id: string, called: SubjectName | undefined): string | undefined {
  const { email = null, slug = null, orderId = null } = called ?? {};
  switch (idKindOf(id)) {
    case 'member':
      return email === null
        ? paths.adminAccountsOf(lang, id)
        : `${paths.adminMembers(lang)}?${new URLSearchParams({ email })}`;
    case 'store':
      return slug === null ? undefined : paths.store(lang, slug);
    case 'payment':
    case 'refund':
      return orderId === null ? undefined : paths.adminOrder(lang, orderId);
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
