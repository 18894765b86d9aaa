import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { openNotification, readAllNotifications } from '../../../../lib/actions/notifications.ts';
import { api, unlessAway } from '../../../../lib/api.ts';
import { formatDateTime } from '../../../../lib/format.ts';
import { translator } from '../../../../lib/messages.ts';
import { paths } from '../../../../lib/paths.ts';
import { requireMember } from '../../../../lib/session.ts';
import { PlainActionForm } from '../../../../ui/cart-forms.tsx';
import { Chips } from '../../../../ui/chips.tsx';
import { Empty } from '../../../../ui/empty.tsx';
import { Link } from '../../../../ui/link.tsx';
import { NextPage } from '../../../../ui/next-page.tsx';

type Props = {
  readonly params: Promise<{ lang: string }>;
  readonly searchParams: Promise<{ cursor?: string; unread?: string }>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: translator((await params).lang)('notices.title'), robots: { index: false } };
}

/** What the member was told, newest first, in the language it was told in; each leads to what it is about. */
export default async function NotificationsPage({ params, searchParams }: Props) {
  const [{ lang }, { cursor, unread }] = [await params, await searchParams];
  const path = paths.notifications(lang);
  await requireMember(lang, path);
  const [client, t, isUnread] = [await api(lang), translator(lang), unread !== undefined];
  const page = await unlessAway(
    client.notifications.listNotifications({
      limit: 20,
      ...(isUnread ? { isUnread } : {}),
      cursor,
    }),
  );
  if (page === undefined) return <p role="alert">{t('error.UNAVAILABLE')}</p>;
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h1 className="text-3xl font-bold">{t('notices.title')}</h1>
        {page.unreadCount > 0 && (
          <PlainActionForm
            action={readAllNotifications.bind(null, lang)}
            idempotencyKey={randomUUID()}
            label={t('notices.readAll')}
            className="button button-quiet"
          />
        )}
      </div>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <Chips
          label={t('browse.filters')}
          chips={[
            { href: path, label: t('notices.all'), isChosen: !isUnread },
            { href: `${path}?unread=1`, label: t('notices.unread'), isChosen: isUnread },
          ]}
        />
        <Link href={paths.notificationSettings(lang)} className="link">
          {t('notices.settings')}
        </Link>
      </div>
      {page.items.length === 0 && (
        <Empty icon="bell" title={t(isUnread ? 'notices.noneUnread' : 'notices.none')} hint={t('notices.noneHint')} />
      )}
      <ul className="card divide-y divide-line empty:hidden">
        {page.items.map(({ id, title, text, path: about, isRead, createdTime }) => (
          <li key={id} className="space-y-1 p-4">
            <div className="flex flex-wrap items-baseline gap-x-3">
              {about === null ? (
                <p className="font-semibold">{title}</p>
              ) : (
                <PlainActionForm
                  action={openNotification.bind(null, lang, { id, path: about })}
                  idempotencyKey={randomUUID()}
                  label={title}
                  className="link text-left font-semibold"
                />
              )}
              {!isRead && <span className="chip text-sm">{t('notices.unread')}</span>}
            </div>
            <p className="whitespace-pre-line break-words text-ink-muted">{text}</p>
            <p className="text-sm text-ink-muted">{formatDateTime(createdTime, lang)}</p>
          </li>
        ))}
      </ul>
      <NextPage path={path} cursor={page.nextCursor} label={t('browse.more')} query={isUnread ? { unread: '1' } : {}} />
    </>
  );
}
