import { randomUUID } from 'node:crypto';
import type { License } from '@plaza/orders/contract';
import { createDownload } from '../lib/actions/orders.ts';
import { formatDate } from '../lib/format.ts';
import { getMarketplace } from '../lib/marketplace.ts';
import { translator } from '../lib/messages.ts';
import { paths } from '../lib/paths.ts';
import { DownloadForm } from './download-form.tsx';
import { Link } from './link.tsx';
import { Thumb } from './thumb.tsx';

/** What somebody bought to download: each license with its key and its files. */
export async function LicenseList({ lang, licenses }: { lang: string; licenses: readonly License[] }) {
  const [marketplace, t] = [await getMarketplace(lang), translator(lang)];
  return (
    <ul className="space-y-3">
      {licenses.map((license) => {
        const terms = marketplace.licenses.find(({ id }) => id === license.code);
        return (
          <li key={license.id} className="card flex flex-wrap items-start gap-4 p-4">
            <Thumb url={license.imageUrl} size={88} />
            <div className="min-w-0 grow basis-56 space-y-1">
              <h2 className="font-semibold">
                <Link href={paths.listing(lang, license.listingSlug)} className="hover:underline">
                  {license.title}
                </Link>
              </h2>
              <p className="text-sm text-ink-muted">
                {[license.storeName, terms?.name, t('library.since', { date: formatDate(license.issuedTime, lang) })]
                  .filter(Boolean)
                  .join(' · ')}
              </p>
              {terms !== undefined && <p className="text-sm">{terms.summary}</p>}
              <p className="font-mono text-sm">{license.key}</p>
            </div>
            {license.state === 'active' ? (
              <DownloadForm
                action={createDownload.bind(null, lang, license.id)}
                label={t('library.download', { name: '' }).trim()}
                fileLabel={t('library.download', { name: '{name}' })}
                subject={license.title}
                pending={t('form.pending')}
                idempotencyKey={randomUUID()}
              />
            ) : (
              <p className="text-sm text-danger">{t('library.revoked')}</p>
            )}
          </li>
        );
      })}
    </ul>
  );
}
