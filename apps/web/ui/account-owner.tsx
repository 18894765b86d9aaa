import type { LedgerAccount } from '@plaza/payments/contract';
import { translator } from '../lib/messages.ts';
import type { SubjectNames } from '../lib/subject-names.ts';
import { SubjectLink } from './subject-link.tsx';

type Props = {
  readonly account: Pick<LedgerAccount, 'owner' | 'storeId' | 'memberId'>;
  readonly lang: string;
  readonly names: SubjectNames;
};

/** Whose an account of the ledger is: a store's, a member's, or the platform's own. */
export function AccountOwner({ account, lang, names }: Props) {
  const id = account.storeId ?? account.memberId;
  if (id === null) return translator(lang)(`owner.${account.owner}`);
  return <SubjectLink id={id} lang={lang} names={names} />;
}
