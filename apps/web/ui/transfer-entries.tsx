import type { Transfer } from '@plaza/payments/contract';
import { formatMoney } from '../lib/format.ts';
import { codeText, type Translate } from '../lib/messages.ts';
import { paths } from '../lib/paths.ts';
import { Link } from './link.tsx';

type Props = { readonly entries: Transfer['entries']; readonly lang: string; readonly t: Translate };

/** The lines of a transfer, each on an account that can be looked into. */
export function TransferEntries({ entries, lang, t }: Props) {
  return (
    <dl className="mt-2 space-y-1 text-sm">
      {entries.map((entry) => (
        <div key={entry.accountId} className="flex justify-between gap-4">
          <dt>
            <Link className="link" href={paths.adminAccount(lang, entry.accountId)}>
              {t(`owner.${entry.owner}`)} · {codeText(t, 'purpose', entry.purpose)}
            </Link>
          </dt>
          <dd className="whitespace-nowrap font-medium">
            {formatMoney({ amountMinor: entry.amountMinor, currency: entry.currency }, lang)}
          </dd>
        </div>
      ))}
    </dl>
  );
}
