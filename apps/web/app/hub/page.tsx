import type { PublicMarketplace } from '@plaza/admin/contract';
import { hasDevInbox, installationApi } from '../../lib/api.ts';
import { Logo, ThemeStyleOf } from '../../ui/theme.tsx';

export const dynamic = 'force-dynamic';

/** All marketplaces of this installation, each in its own colors. */
export default async function HubPage() {
  const { items } = await installationApi('en').admin.listMarketplaces({});
  const hasInbox = await hasDevInbox();
  const marketplaces = items as unknown as PublicMarketplace[];
  return (
    <main className="page max-w-5xl py-14">
      <h1 className="text-4xl font-extrabold">Plaza</h1>
      <p className="mt-2 max-w-prose text-lg text-ink-muted">
        Online marketplaces on one installation. Each is its own product: its words, its money, its rules, its look.
      </p>
      <ul className="mt-10 grid grid-cols-[minmax(0,1fr)] gap-5 sm:grid-cols-2">
        {marketplaces.map((marketplace) => (
          <li key={marketplace.id}>
            <ThemeStyleOf id={marketplace.id} theme={marketplace.theme} />
            <a
              data-marketplace={marketplace.id}
              href={marketplace.url}
              className="flex h-full flex-col gap-3 rounded-large border border-line bg-surface p-6 text-ink transition hover:-translate-y-1 hover:shadow-xl"
            >
              <span className="flex items-center gap-3 text-2xl font-bold">
                <Logo theme={marketplace.theme} size={40} />
                {marketplace.name}
              </span>
              <span className="text-ink-muted">{marketplace.tagline}</span>
              <span className="mt-auto flex flex-wrap gap-2 pt-3 text-sm">
                <span className="rounded-full bg-muted px-3 py-1">{marketplace.currency}</span>
                {marketplace.locales.map((locale) => (
                  <span key={locale} className="rounded-full bg-muted px-3 py-1 uppercase">
                    {locale}
                  </span>
                ))}
              </span>
              <span className="button button-primary mt-2">{new URL(marketplace.url).host}</span>
            </a>
          </li>
        ))}
      </ul>
      <p className="mt-10 text-ink-muted">
        <a className="link" href="/api/v1/openapi.json">
          API reference
        </a>
        {hasInbox && (
          <>
            {' · '}
            <a className="link" href="/dev/inbox">
              Mail of this machine
            </a>
          </>
        )}
      </p>
    </main>
  );
}
