import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { resendVerification, saveProfile } from '../../../lib/actions/account.ts';
import { LANGUAGE_NAMES } from '../../../lib/languages.ts';
import { getMarketplace } from '../../../lib/marketplace.ts';
import { translator } from '../../../lib/messages.ts';
import { paths } from '../../../lib/paths.ts';
import { requireMember } from '../../../lib/session.ts';
import { SimpleForm } from '../../../ui/simple-form.tsx';

type Props = { readonly params: Promise<{ lang: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: translator((await params).lang)('account.profile'), robots: { index: false } };
}

export default async function ProfilePage({ params }: Props) {
  const { lang } = await params;
  const [marketplace, member, t] = [
    await getMarketplace(lang),
    await requireMember(lang, paths.account(lang)),
    translator(lang),
  ];
  return (
    <>
      <h1 className="text-3xl font-bold">{t('account.profile')}</h1>
      {member.email !== null && !member.isEmailVerified && (
        <section className="card flex flex-wrap items-center justify-between gap-3 p-4">
          <p>{t('account.unverified')}</p>
          <SimpleForm
            action={resendVerification.bind(null, lang)}
            fields={[]}
            submit={t('account.resend')}
            pending={t('form.pending')}
            idempotencyKey={randomUUID()}
            buttonClassName="button button-quiet"
          />
        </section>
      )}
      <section className="card max-w-xl space-y-4 p-5">
        <p className="text-ink-muted">{member.email ?? member.phone}</p>
        <SimpleForm
          action={saveProfile.bind(null, lang, member.version)}
          fields={[
            {
              name: 'displayName',
              label: t('signUp.name'),
              required: true,
              maxLength: 60,
              autoComplete: 'nickname',
              defaultValue: member.displayName,
            },
            {
              name: 'locale',
              label: t('account.mailLanguage'),
              defaultValue: member.locale,
              options: marketplace.locales.map((locale) => ({
                value: locale,
                label: LANGUAGE_NAMES[locale] ?? locale,
              })),
            },
          ]}
          submit={t('account.save')}
          pending={t('form.pending')}
          idempotencyKey={randomUUID()}
        />
      </section>
    </>
  );
}
