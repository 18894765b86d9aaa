import { setLanguage, setScheme } from '../lib/actions/preferences.ts';
import { LANGUAGE_NAMES } from '../lib/languages.ts';
import type { Marketplace } from '../lib/marketplace.ts';
import { translator } from '../lib/messages.ts';
import { paths } from '../lib/paths.ts';
import { currentCart, currentMember, unreadNotifications } from '../lib/session.ts';
import { Icon, type IconName } from './icon.tsx';
import { LanguageForm } from './language-form.tsx';
import { Link } from './link.tsx';
import { SchemeToggle } from './scheme-toggle.tsx';
import { SearchBox } from './search-box.tsx';
import { Logo } from './theme.tsx';

/** Categories that the row under the search has. */
const CATEGORIES_MAX = 9;

/** Name, search, cart and account; on a phone the search takes a line of its own. */
export async function Header({
  marketplace,
  lang,
  scheme,
}: {
  marketplace: Marketplace;
  lang: string;
  scheme: string;
}) {
  const t = translator(lang);
  const [member, cart, unread] = await Promise.all([currentMember(), currentCart(), unreadNotifications()]);
  const { words } = marketplace;
  return (
    <header className="sticky top-0 z-30 border-b border-line bg-surface/90 backdrop-blur-md">
      <div className="page flex flex-wrap items-center gap-x-3 gap-y-2 py-2.5 md:gap-x-5">
        <Link href={paths.home(lang)} className="flex items-center gap-2 font-heading text-lg font-bold">
          <Logo theme={marketplace.theme} />
          <span>{marketplace.name}</span>
        </Link>
        <div className="order-last w-full md:order-none md:w-auto md:grow">
          <SearchBox
            label={t('search.label')}
            placeholder={words.searchPlaceholder}
            pictureLabel={t('picture.search')}
            marketplace={marketplace.id}
            lang={lang}
          />
        </div>
        <nav aria-label={t('nav.account')} className="ml-auto flex items-center md:gap-1">
          <SchemeToggle action={setScheme} shown={scheme} label={t('nav.scheme')} />
          {marketplace.locales.length > 1 && <LanguageMenu locales={marketplace.locales} lang={lang} />}
          <Link
            href={member === undefined ? paths.signIn(lang) : paths.account(lang)}
            className="button px-1.5! md:px-2!"
          >
            <Icon name="user" />
            <span className={`max-w-28 truncate max-md:sr-only ${member ? '' : 'lg:max-w-none'}`}>
              {member?.displayName ?? t('nav.signIn')}
            </span>
          </Link>
          {unread !== undefined && (
            <CountedLink
              href={paths.notifications(lang)}
              icon="bell"
              label={t('notices.count', { count: shown(unread) })}
              count={unread}
            />
          )}
          <CountedLink
            href={paths.cart(lang)}
            icon="cart"
            label={t('nav.cart', { cart: words.cart, count: shown(cart?.quantity ?? 0) })}
            count={cart?.quantity ?? 0}
          />
          <Link href={paths.studio(lang)} className="button button-primary ml-1 max-lg:hidden!">
            {words.sell}
          </Link>
        </nav>
      </div>
      <nav aria-label={t('nav.categories')} className="page overflow-x-auto pb-2">
        <ul className="flex gap-1 whitespace-nowrap text-sm">
          {marketplace.categories.slice(0, CATEGORIES_MAX).map(({ id, name }) => (
            <li key={id}>
              <Link
                href={paths.category(lang, id)}
                className="block rounded-full px-3 py-1.5 text-ink-muted hover:bg-muted hover:text-ink"
              >
                {name}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
    </header>
  );
}

/** The languages, each by its own name. */
function LanguageMenu({ locales, lang }: { locales: Marketplace['locales']; lang: string }) {
  return (
    <details className="relative">
      <summary
        className="button px-1.5! list-none md:px-2!"
        aria-label={`${translator(lang)('nav.language')}: ${lang.toUpperCase()}`}
      >
        <Icon name="globe" />
        <span className="text-sm max-md:sr-only">{lang.toUpperCase()}</span>
      </summary>
      <LanguageForm
        action={setLanguage}
        className="card absolute right-0 top-full z-40 mt-1 flex min-w-36 flex-col bg-surface! p-1 shadow-xl"
      >
        {locales.map((locale) => (
          <button
            key={locale}
            type="submit"
            name="lang"
            value={locale}
            lang={locale}
            aria-current={locale === lang}
            className="rounded-small px-3 py-2 text-left hover:bg-muted aria-[current=true]:font-bold"
          >
            {LANGUAGE_NAMES[locale]}
          </button>
        ))}
      </LanguageForm>
    </details>
  );
}

/** Counting beyond it takes more room than it tells. */
const SHOWN_MAX = 99;

/** As it fits into a corner; said aloud, it is the same, for those who speak to what they see (WCAG 2.5.3). */
function shown(count: number): string {
  return count > SHOWN_MAX ? `${SHOWN_MAX}+` : String(count);
}

function CountedLink({ href, icon, label, count }: { href: string; icon: IconName; label: string; count: number }) {
  return (
    <Link href={href} className="button relative px-1.5! md:px-2!" aria-label={label}>
      <Icon name={icon} />
      {count > 0 && (
        <span className="absolute -right-0.5 top-0 grid min-w-5 place-items-center rounded-full bg-primary px-1 text-xs font-bold text-on-primary">
          {shown(count)}
        </span>
      )}
    </Link>
  );
}
