import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { requestPasswordReset } from '../../../lib/actions/sign-in.ts';
import { getMarketplace } from '../../../lib/marketplace.ts';
import { translator } from '../../../lib/messages.ts';
import { NarrowCard } from '../../../ui/narrow-card.tsx';
import { SimpleForm } from '../../../ui/simple-form.tsx';

type Props = { readonly params: Promise<{ lang: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: translator((await params).lang)('forgot.title'), robots: { index: false } };
}

export default async function ForgotPasswordPage({ params }: Props) {
  const { lang } = await params;
  const t = translator(lang);
  return (
    <NarrowCard marketplace={await getMarketplace(lang)} title={t('forgot.title')}>
      <p className="text-ink-muted">{t('forgot.hint')}</p>
      <SimpleForm
        action={requestPasswordReset.bind(null, lang)}
        fields={[
          {
            name: 'email',
            label: t('field.email'),
            type: 'email',
            required: true,
            autoComplete: 'username',
            inputMode: 'email',
          },
        ]}
        submit={t('forgot.submit')}
        pending={t('form.pending')}
        idempotencyKey={randomUUID()}
        buttonClassName="button button-primary w-full"
      />
    </NarrowCard>
  );
}
