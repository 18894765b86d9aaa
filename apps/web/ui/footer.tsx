import type { Marketplace } from '../lib/marketplace.ts';
import { translator } from '../lib/messages.ts';
import { paths } from '../lib/paths.ts';
import { Link } from './link.tsx';

export function Footer({ marketplace, lang }: { marketplace: Marketplace; lang: string }) {
  const t = translator(lang);
  return (
    <footer className="mt-16 border-t border-line bg-surface/70">
      <div className="page grid gap-8 py-10 text-sm sm:grid-cols-2 lg:grid-cols-4">
        <div className="space-y-2">
          <p className="font-heading text-base font-bold">{marketplace.name}</p>
          <p className="text-ink-muted">{marketplace.tagline}</p>
        </div>
        <nav aria-label={t('footer.shop')}>
          <h2 className="mb-2 font-semibold">{t('footer.shop')}</h2>
          <ul className="space-y-1.5">
            {marketplace.categories.slice(0, 5).map(({ id, name }) => (
              <li key={id}>
                <Link className="text-ink-muted hover:text-ink" href={paths.category(lang, id)}>
                  {name}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <nav aria-label={t('footer.sell')}>
          <h2 className="mb-2 font-semibold">{t('footer.sell')}</h2>
          <ul className="space-y-1.5">
            <li>
              <Link className="text-ink-muted hover:text-ink" href={paths.studio(lang)}>
                {marketplace.words.studio}
              </Link>
            </li>
            <li>
              <Link className="text-ink-muted hover:text-ink" href={paths.studioNewListing(lang)}>
                {marketplace.words.sell}
              </Link>
            </li>
          </ul>
        </nav>
        <nav aria-label={t('footer.help')}>
          <h2 className="mb-2 font-semibold">{t('footer.help')}</h2>
          <ul className="space-y-1.5">
            {marketplace.policies.map(({ name, title }) => (
              <li key={name}>
                <Link className="text-ink-muted hover:text-ink" href={paths.policy(lang, name)}>
                  {title}
                </Link>
              </li>
            ))}
            <li>
              <Link className="text-ink-muted hover:text-ink" href={paths.orderLink(lang)}>
                {t('orderLink.title')}
              </Link>
            </li>
            <li>
              <a className="text-ink-muted hover:text-ink" href={`mailto:${marketplace.supportEmail}`}>
                {marketplace.supportEmail}
              </a>
            </li>
          </ul>
        </nav>
      </div>
    </footer>
  );
}
