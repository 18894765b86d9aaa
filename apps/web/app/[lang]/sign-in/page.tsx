import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { signIn, signInByPhone } from '../../../lib/actions/sign-in.ts';
import { publicApi } from '../../../lib/api.ts';
import { getMarketplace } from '../../../lib/marketplace.ts';
import { type MessageKey, translator } from '../../../lib/messages.ts';
import { paths, safeNext } from '../../../lib/paths.ts';
import { currentMember } from '../../../lib/session.ts';
import { Link } from '../../../ui/link.tsx';
import { NarrowCard } from '../../../ui/narrow-card.tsx';
import { RedirectSignIn } from '../../../ui/redirect-sign-in.tsx';
import { DemoAccountButton, PhoneSignInForm, SignInForm } from '../../../ui/sign-in-form.tsx';

type Props = {
  readonly params: Promise<{ lang: string }>;
  readonly searchParams: Promise<{ next?: string }>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: translator((await params).lang)('signIn.submit'), robots: { index: false } };
}

export default async function SignInPage({ params, searchParams }: Props) {
  const [{ lang }, { next = '' }] = [await params, await searchParams];
  const [marketplace, client, t] = [await getMarketplace(lang), await publicApi(lang), translator(lang)];
  if ((await currentMember()) !== undefined) redirect(safeNext(next, lang));
  const { items, demoAccounts } = await client.identity.listSignInMethods({});
  const action = signIn.bind(null, lang, next);
  return (
    <NarrowCard marketplace={marketplace} title={t('signIn.title')}>
      <SignInForm
        action={action}
        texts={{
          email: t('field.email'),
          password: t('signIn.password'),
          submit: t('signIn.submit'),
          code: t('signIn.code'),
          confirm: t('signIn.confirm'),
          pending: t('form.pending'),
        }}
        idempotencyKey={randomUUID()}
      />
      <p className="flex flex-wrap justify-between gap-2 text-sm">
        <Link className="link" href={paths.signUp(lang, next)}>
          {t('signIn.new')}
        </Link>
        <Link className="link" href={paths.forgotPassword(lang)}>
          {t('signIn.forgot')}
        </Link>
      </p>
      {items.some(({ kind }) => kind === 'phone') && (
        <div className="border-t border-line pt-5">
          <PhoneSignInForm
            action={signInByPhone.bind(null, lang, next)}
            texts={{
              phone: t('signIn.phone'),
              send: t('signIn.sendCode'),
              again: t('signIn.sendAgain'),
              code: t('signIn.smsCode'),
              confirm: t('signIn.confirm'),
              pending: t('form.pending'),
            }}
            idempotencyKey={randomUUID()}
          />
        </div>
      )}
      {items.map(
        ({ id, name, kind, startPath }) =>
          kind === 'redirect' &&
          startPath !== null && (
            <RedirectSignIn
              key={id}
              provider={id}
              startPath={startPath}
              next={safeNext(next, lang)}
              label={t('signIn.with', { name })}
            />
          ),
      )}
      {demoAccounts.length > 0 && (
        <section className="space-y-2 border-t border-line pt-5" aria-labelledby="demo">
          <h2 id="demo" className="font-semibold">
            {t('signIn.demo')}
          </h2>
          <div className="grid grid-cols-2 gap-2">
            {demoAccounts.map(({ role, email, password }) => (
              <DemoAccountButton
                key={email}
                action={action}
                email={email}
                password={password}
                label={
                  ['buyer', 'seller', 'moderator', 'admin'].includes(role) ? t(`role.${role}` as MessageKey) : role
                }
                idempotencyKey={randomUUID()}
              />
            ))}
          </div>
          <p className="text-sm text-ink-muted">{t('signIn.demoHint')}</p>
        </section>
      )}
    </NarrowCard>
  );
}
