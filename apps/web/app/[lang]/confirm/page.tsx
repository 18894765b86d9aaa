import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { confirmSession } from '../../../lib/actions/account.ts';
import { getMarketplace } from '../../../lib/marketplace.ts';
import { translator } from '../../../lib/messages.ts';
import { paths, safeNext } from '../../../lib/paths.ts';
import { requireMember } from '../../../lib/session.ts';
import { Link } from '../../../ui/link.tsx';
import { NarrowCard } from '../../../ui/narrow-card.tsx';
import { SimpleForm } from '../../../ui/simple-form.tsx';

type Props = {
  readonly params: Promise<{ lang: string }>;
  readonly searchParams: Promise<{ next?: string }>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: translator((await params).lang)('confirm.title'), robots: { index: false } };
}

/** Where a form leads that asks who sits there before it goes on: it stays open beside this page. */
export default async function ConfirmPage({ params, searchParams }: Props) {
  const [{ lang }, { next = '' }] = [await params, await searchParams];
  const member = await requireMember(lang, paths.confirm(lang, next));
  const t = translator(lang);
  return (
    <NarrowCard marketplace={await getMarketplace(lang)} title={t('confirm.title')}>
      <p className="text-ink-muted">{t('confirm.why')}</p>
      <SimpleForm
        action={confirmSession.bind(null, lang)}
        fields={[
          member.isTotpEnabled
            ? { name: 'code', label: t('signIn.code'), required: true, autoComplete: 'one-time-code' }
            : {
                name: 'password',
                label: t('signIn.password'),
                type: 'password',
                required: true,
                autoComplete: 'current-password',
              },
        ]}
        submit={t('signIn.confirm')}
        pending={t('form.pending')}
        idempotencyKey={randomUUID()}
        buttonClassName="button button-primary w-full"
        whenDone={
          <Link className="button button-primary w-full" href={safeNext(next, lang)}>
            {t('confirm.back')}
          </Link>
        }
      />
      {!member.isTotpEnabled && <p className="text-sm text-ink-muted">{t('confirm.noPassword')}</p>}
    </NarrowCard>
  );
}
