import type { Evidence } from '@plaza/orders/contract';
import { formatDateTime } from '../lib/format.ts';
import { translator } from '../lib/messages.ts';

/** What was shown, the oldest first, with links to its files. */
export function EvidenceList({ lang, items }: { lang: string; items: readonly Evidence[] }) {
  const t = translator(lang);
  return (
    <ol className="space-y-3">
      {items.map((evidence) => (
        <li key={evidence.id} className="border-l-2 border-line pl-4">
          <p className="text-sm text-ink-muted">
            {t(evidence.by === 'buyer' || evidence.by === 'seller' ? `role.${evidence.by}` : `actor.${evidence.by}`)} ·{' '}
            {formatDateTime(evidence.time, lang)}
          </p>
          <p className="whitespace-pre-wrap [overflow-wrap:anywhere]">{evidence.text}</p>
          {evidence.files.map(({ filename, url }) => (
            <a key={url} href={url} className="link block min-h-9 py-1 [overflow-wrap:anywhere]">
              {filename}
            </a>
          ))}
        </li>
      ))}
    </ol>
  );
}
