import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { LANGUAGE_HEADER } from '../../lib/cookies.ts';
import { translator } from '../../lib/messages.ts';
import { paths } from '../../lib/paths.ts';
import { Icon } from '../../ui/icon.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: translator(await languageOfAddress())('page.notFound'), robots: { index: false } };
}

export default async function NotFound() {
  const lang = await languageOfAddress();
  const t = translator(lang);
  return (
    <div className="page grid place-items-center gap-3 py-24 text-center">
      <Icon name="search" size={48} className="text-ink-muted" />
      <h1 className="text-3xl font-bold">{t('page.notFound')}</h1>
      <p className="text-ink-muted">{t('page.notFoundHint')}</p>
      <a href={paths.home(lang)} className="button button-primary mt-2">
        {t('page.home')}
      </a>
    </div>
  );
}

/** A not-found page is given no parameters: the proxy says in a header which language the address has. */
async function languageOfAddress(): Promise<string> {
  return (await headers()).get(LANGUAGE_HEADER) ?? 'en';
}
