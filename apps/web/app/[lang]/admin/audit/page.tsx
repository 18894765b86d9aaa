import type { Metadata } from 'next';
import { api } from '../../../../lib/api.ts';
import { formatDateTime, formatNumber } from '../../../../lib/format.ts';
import { codeText, translator } from '../../../../lib/messages.ts';
import { paths } from '../../../../lib/paths.ts';
import { requireOperator } from '../../../../lib/studio.ts';
import { subjectNames } from '../../../../lib/subject-names.ts';
import { FindForm } from '../../../../ui/find-form.tsx';
import { NextPage } from '../../../../ui/next-page.tsx';
import { SubjectLink } from '../../../../ui/subject-link.tsx';
import { Verdict } from '../../../../ui/verdict.tsx';
import { TableHead, WideTable } from '../../../../ui/wide-table.tsx';

type Props = {
  readonly params: Promise<{ lang: string }>;
  readonly searchParams: Promise<{ subject?: string; cursor?: string }>;
};

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  return { title: translator((await params).lang)('admin.audit') };
}

/** Accountable acts, and whether their chain of hashes is whole. */
export default async function AuditPage({ params, searchParams }: Props) {
  const [{ lang }, { subject = '', cursor }] = [await params, await searchParams];
  await requireOperator('admin');
  const [client, t] = [await api(lang), translator(lang)];
  const path = paths.adminAudit(lang);
  const [chain, page] = await Promise.all([
    client.admin.verifyAuditChain({}),
    client.admin.listAuditEntries({
      limit: 50,
      ...(subject === '' ? {} : { subject: subject.slice(0, 100) }),
      cursor,
    }),
  ]);
  const names = await subjectNames(
    client,
    page.items.flatMap(({ subject, actor }) => [subject, actor.kind === 'member' ? actor.memberId : null]),
  );
  return (
    <>
      <h1 className="text-3xl font-bold">{t('admin.audit')}</h1>
      <Verdict
        isGood={chain.isIntact}
        text={
          chain.isIntact
            ? t('admin.chainIntact', { count: formatNumber(chain.entryCount, lang) })
            : t('admin.chainBroken', { sequence: String(chain.firstBrokenSequence) })
        }
      />
      <FindForm action={path} name="subject" value={subject} label={t('admin.subject')} submit={t('search.label')} />
      {page.items.length === 0 ? (
        <p className="card p-5 text-ink-muted">{t('admin.nothing')}</p>
      ) : (
        <WideTable label={t('admin.audit')}>
          <TableHead
            columns={['№', t('table.time'), t('table.what'), t('admin.subject'), t('admin.actor'), t('admin.hash')]}
          />
          <tbody>
            {page.items.map((entry) => (
              <tr key={entry.id}>
                <td>{entry.sequence}</td>
                <td className="whitespace-nowrap">{formatDateTime(entry.time, lang)}</td>
                <td title={entry.action}>{codeText(t, 'audit', entry.action)}</td>
                <td>
                  <SubjectLink id={entry.subject} lang={lang} names={names} />
                </td>
                <td>
                  {entry.actor.kind === 'member' ? (
                    <SubjectLink id={entry.actor.memberId} lang={lang} names={names} />
                  ) : entry.actor.kind === 'service' ? (
                    entry.actor.service
                  ) : (
                    t('admin.guest')
                  )}
                </td>
                <td className="font-mono text-xs" title={entry.hash}>
                  {entry.hash.slice(0, 12)}…
                </td>
              </tr>
            ))}
          </tbody>
        </WideTable>
      )}
      <NextPage path={path} cursor={page.nextCursor} label={t('browse.more')} query={{ subject }} />
    </>
  );
}
