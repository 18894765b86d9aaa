import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { verifyEmail } from '../../../lib/actions/sign-in.ts';
import { getMarketplace } from '../../../lib/marketplace.ts';
import { translator } from '../../../lib/messages.ts';
import { paths } from '../../../lib/paths.ts';
import { Link } from '../../../ui/link.tsx';
import { NarrowCard } from '../../../ui/narrow-card.tsx';
import { SimpleForm } from '../../../ui/simple-form.tsx';

type Props = {
  readonly params: Promise<{ lang: string }>;
  readonly searchParams: Promise<{ token?: string }>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const title = translator((await params).lang)('verify.title');
  return { title, robots: { index: false }, referrer: 'no-referrer' };
}

/** Where the link of a verification mail leads. A button, because mail scanners open links and must not use them up. */
export default async function VerifyEmailPage({ params, searchParams }: Props) {
  const [{ lang }, { token = '' }] = [await params, await searchParams];
  const [marketplace, t] = [await getMarketplace(lang), translator(lang)];
  return (
    <NarrowCard marketplace={marketplace} title={t('verify.title')}>
      <SimpleForm
        action={verifyEmail.bind(null, lang, token)}
        fields={[]}
        submit={t('verify.submit')}
        pending={t('form.pending')}
        idempotencyKey={randomUUID()}
        buttonClassName="button button-primary w-full"
        whenDone={
          <Link className="button button-primary w-full" href={paths.home(lang)}>
            {marketplace.name}
          </Link>
        }
      />
    </NarrowCard>
  );
}
