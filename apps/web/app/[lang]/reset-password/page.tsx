import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { resetPassword } from '../../../lib/actions/sign-in.ts';
import { getMarketplace } from '../../../lib/marketplace.ts';
import { translator } from '../../../lib/messages.ts';
import { paths } from '../../../lib/paths.ts';
import { Link } from '../../../ui/link.tsx';
import { NarrowCard } from '../../../ui/narrow-card.tsx';
import { newPasswordField } from '../../../ui/new-password.ts';
import { SimpleForm } from '../../../ui/simple-form.tsx';

type Props = {
  readonly params: Promise<{ lang: string }>;
  readonly searchParams: Promise<{ token?: string }>;
};

// The address holds a secret: it must not leave in a Referer.
export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const title = translator((await params).lang)('forgot.title');
  return { title, robots: { index: false }, referrer: 'no-referrer' };
}

/** Where the link of a reset mail leads. */
export default async function ResetPasswordPage({ params, searchParams }: Props) {
  const [{ lang }, { token = '' }] = [await params, await searchParams];
  const t = translator(lang);
  return (
    <NarrowCard marketplace={await getMarketplace(lang)} title={t('forgot.title')}>
      <SimpleForm
        action={resetPassword.bind(null, lang, token)}
        fields={[newPasswordField(t, 'newPassword', t('reset.password'))]}
        submit={t('reset.submit')}
        pending={t('form.pending')}
        idempotencyKey={randomUUID()}
        buttonClassName="button button-primary w-full"
        whenDone={
          <Link className="button button-primary w-full" href={paths.signIn(lang)}>
            {t('signIn.submit')}
          </Link>
        }
      />
    </NarrowCard>
  );
}
