import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { setRoles } from '../../../../lib/actions/admin.ts';
import { api } from '../../../../lib/api.ts';
import { formatDate } from '../../../../lib/format.ts';
import { translator } from '../../../../lib/messages.ts';
import { paths } from '../../../../lib/paths.ts';
import { requireOperator } from '../../../../lib/studio.ts';
import { Empty } from '../../../../ui/empty.tsx';
import { FindForm } from '../../../../ui/find-form.tsx';
import { Link } from '../../../../ui/link.tsx';
import { NextPage } from '../../../../ui/next-page.tsx';
import { RolesForm } from '../../../../ui/roles-form.tsx';

type Props = {
  readonly params: Promise<{ lang: string }>;
  readonly searchParams: Promise<{ email?: string; cursor?: string }>;
};

const ROLES = ['seller', 'moderator', 'admin'] as const;

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  return { title: translator((await params).lang)('admin.members') };
}

export default async function MembersPage({ params, searchParams }: Props) {
  const [{ lang }, { email = '', cursor }] = [await params, await searchParams];
  await requireOperator('admin');
  const path = paths.adminMembers(lang);
  const [client, t] = [await api(lang), translator(lang)];
  const page = await client.identity.listMembers({
    limit: 30,
    ...(email === '' ? {} : { email }),
    cursor,
  });
  return (
    <>
      <h1 className="text-3xl font-bold">{t('admin.members')}</h1>
      <FindForm action={path} name="email" value={email} label={t('admin.emailBegins')} submit={t('search.label')} />
      {page.items.length === 0 ? (
        <Empty icon="user" title={t('admin.nothing')} />
      ) : (
        <ul className="card divide-y divide-line">
          {page.items.map((member) => (
            <li key={member.id} className="flex flex-wrap items-center justify-between gap-3 p-4">
              <div className="min-w-48">
                <h2 className="font-medium">{member.displayName}</h2>
                <p className="text-sm text-ink-muted">
                  {[member.email, formatDate(member.createdTime, lang)].filter(Boolean).join(' · ')}
                </p>
                <Link className="link text-sm" href={paths.adminAccountsOf(lang, member.id)}>
                  {t('admin.accounts')}
                </Link>
              </div>
              <RolesForm
                action={setRoles.bind(null, lang, member.id, member.version)}
                roles={ROLES.map((role) => ({
                  id: role,
                  label: t(`role.${role}`),
                  isHeld: member.roles.includes(role),
                }))}
                label={`${t('admin.roles')}: ${member.displayName}`}
                save={t('account.save')}
                idempotencyKey={randomUUID()}
              />
            </li>
          ))}
        </ul>
      )}
      <NextPage path={path} cursor={page.nextCursor} label={t('browse.more')} query={{ email }} />
    </>
  );
}
