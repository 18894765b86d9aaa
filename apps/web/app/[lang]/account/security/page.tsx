import type { Metadata } from 'next';
import { translator } from '../../../../lib/messages.ts';
import { paths } from '../../../../lib/paths.ts';
import { requireMember } from '../../../../lib/session.ts';
import { PasswordChange } from '../../../../ui/password-change.tsx';
import { SessionList } from '../../../../ui/session-list.tsx';
import { TwoStepSignIn } from '../../../../ui/two-step-sign-in.tsx';

type Props = { readonly params: Promise<{ lang: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: translator((await params).lang)('account.security'), robots: { index: false } };
}

export default async function SecurityPage({ params }: Props) {
  const { lang } = await params;
  const member = await requireMember(lang, paths.security(lang));
  return (
    <>
      <h1 className="text-3xl font-bold">{translator(lang)('account.security')}</h1>
      <PasswordChange lang={lang} />
      <TwoStepSignIn lang={lang} isEnabled={member.isTotpEnabled} />
      <SessionList lang={lang} />
    </>
  );
}
