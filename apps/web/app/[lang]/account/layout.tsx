import type { ReactNode } from 'react';
import { signOut } from '../../../lib/actions/sign-in.ts';
import { getMarketplace } from '../../../lib/marketplace.ts';
import { translator } from '../../../lib/messages.ts';
import { paths } from '../../../lib/paths.ts';
import { currentMember } from '../../../lib/session.ts';
import { SectionNav } from '../../../ui/section-nav.tsx';

type Props = { readonly children: ReactNode; readonly params: Promise<{ lang: string }> };

/** The account's pages beside their menu. A guest sees only the order they placed, without a menu. */
export default async function AccountLayout({ children, params }: Props) {
  const { lang } = await params;
  const [marketplace, member, t] = [await getMarketplace(lang), await currentMember(), translator(lang)];
  if (member === undefined) return <div className="page max-w-5xl pt-6">{children}</div>;
  const { words, features, listingKinds, wallet } = marketplace;
  const links = [
    { href: paths.orders(lang), label: words.orders },
    ...(wallet === undefined ? [] : [{ href: paths.wallet(lang), label: wallet.name }]),
    ...(listingKinds.includes('digital') ? [{ href: paths.library(lang), label: words.library }] : []),
    ...(features.offers ? [{ href: paths.offers(lang), label: t('account.offers') }] : []),
    { href: paths.notifications(lang), label: t('notices.title') },
    { href: paths.savedSearches(lang), label: t('saved.title') },
    { href: paths.account(lang), label: t('account.profile') },
    { href: paths.addresses(lang), label: t('account.addresses') },
    { href: paths.savedCards(lang), label: t('cards.title') },
    { href: paths.security(lang), label: t('account.security') },
    { href: paths.privacy(lang), label: t('privacy.title') },
    { href: paths.studio(lang), label: words.studio },
    ...(member.roles.some((role) => role === 'admin' || role === 'moderator')
      ? [{ href: paths.admin(lang), label: t('role.admin') }]
      : []),
  ];
  return (
    <div className="page grid grid-cols-[minmax(0,1fr)] gap-6 pt-6 lg:grid-cols-[14rem_minmax(0,1fr)]">
      <aside className="space-y-3">
        <SectionNav label={t('account.title')} links={links} />
        <form action={signOut.bind(null, lang)}>
          <button type="submit" className="link px-3 py-2 text-sm">
            {t('account.signOut')}
          </button>
        </form>
      </aside>
      <div className="min-w-0 space-y-6">{children}</div>
    </div>
  );
}
