import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { activityChoice } from '../../lib/activity-choice.ts';
import { SCHEME_COOKIE } from '../../lib/cookies.ts';
import { getMarketplace } from '../../lib/marketplace.ts';
import { translator } from '../../lib/messages.ts';
import { ActivitySender } from '../../ui/activity.tsx';
import { ConsentBanner } from '../../ui/consent-banner.tsx';
import { Footer } from '../../ui/footer.tsx';
import { Header } from '../../ui/header.tsx';
import { ThemeStyle } from '../../ui/theme.tsx';
import '../globals.css';

type Props = { readonly children: ReactNode; readonly params: Promise<{ lang: string }> };

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  const { lang } = await params;
  const marketplace = await getMarketplace(lang);
  return {
    title: {
      default: `${marketplace.name} — ${marketplace.tagline}`,
      template: marketplace.seo.titleTemplate.replace('{title}', '%s'),
    },
    description: marketplace.description,
    robots: marketplace.seo.indexed ? undefined : { index: false },
    icons: {
      icon: `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="${marketplace.theme.logo.viewBox}"><path fill="${marketplace.theme.light.primary}" fill-rule="evenodd" d="${marketplace.theme.logo.path}"/></svg>`)}`,
    },
  };
}

export default async function MarketplaceLayout({ children, params }: Props) {
  const { lang } = await params;
  const marketplace = await getMarketplace(lang);
  if (!marketplace.locales.some((locale) => locale === lang)) notFound();
  const t = translator(lang);
  const activity = await activityChoice();
  const chosen = (await cookies()).get(SCHEME_COOKIE)?.value;
  const scheme = chosen === 'light' || chosen === 'dark' ? chosen : marketplace.theme.defaultScheme;
  return (
    <html lang={lang} data-scheme={scheme} data-style={marketplace.theme.style}>
      <head>
        <ThemeStyle theme={marketplace.theme} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
      </head>
      <body className="flex min-h-dvh flex-col">
        <a
          href="#main"
          className="button button-primary sr-only focus:not-sr-only focus:fixed focus:left-4 focus:top-4 focus:z-50"
        >
          {t('nav.skip')}
        </a>
        <Header marketplace={marketplace} lang={lang} scheme={scheme} />
        {activity === 'unset' && <ConsentBanner lang={lang} />}
        {activity === 'allowed' && <ActivitySender />}
        <main id="main" tabIndex={-1} className="grow outline-none">
          {children}
        </main>
        <Footer marketplace={marketplace} lang={lang} />
      </body>
    </html>
  );
}
