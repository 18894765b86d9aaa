import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { signUp } from '../../../lib/actions/sign-in.ts';
import { getMarketplace } from '../../../lib/marketplace.ts';
import { translator } from '../../../lib/messages.ts';
import { paths } from '../../../lib/paths.ts';
import { Link } from '../../../ui/link.tsx';
import { NarrowCard } from '../../../ui/narrow-card.tsx';
import { newPasswordField } from '../../../ui/new-password.ts';
import { SimpleForm } from '../../../ui/simple-form.tsx';

type Props = {
  readonly params: Promise<{ lang: string }>;
  readonly searchParams: Promise<{ next?: string }>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: translator((await params).lang)('signUp.title'), robots: { index: false } };
}

export default async function SignUpPage({ params, searchParams }: Props) {
  const [{ lang }, { next = '' }] = [await params, await searchParams];
  const t = translator(lang);
  return (
    <NarrowCard marketplace={await getMarketplace(lang)} title={t('signUp.title')}>
      <SimpleForm
        action={signUp.bind(null, lang, next)}
        fields={[
          { name: 'displayName', label: t('signUp.name'), required: true, autoComplete: 'nickname', maxLength: 60 },
          {
            name: 'email',
            label: t('field.email'),
            type: 'email',
            required: true,
            autoComplete: 'username',
            inputMode: 'email',
          },
          newPasswordField(t, 'password', t('signIn.password')),
        ]}
        submit={t('signUp.submit')}
        pending={t('form.pending')}
        idempotencyKey={randomUUID()}
        buttonClassName="button button-primary w-full"
      />
      <p className="text-sm">
        <Link className="link" href={paths.signIn(lang, next)}>
          {t('signUp.have')}
        </Link>
      </p>
    </NarrowCard>
  );
}
