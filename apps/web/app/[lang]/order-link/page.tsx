import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { mailOrderLink } from '../../../lib/actions/orders.ts';
import { getMarketplace } from '../../../lib/marketplace.ts';
import { translator } from '../../../lib/messages.ts';
import { NarrowCard } from '../../../ui/narrow-card.tsx';
import { SimpleForm } from '../../../ui/simple-form.tsx';

type Props = { readonly params: Promise<{ lang: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: translator((await params).lang)('orderLink.title'), robots: { index: false } };
}

/** For who bought without an account, and lost the link or has one that has expired. */
export default async function OrderLinkPage({ params }: Props) {
  const { lang } = await params;
  const t = translator(lang);
  return (
    <NarrowCard marketplace={await getMarketplace(lang)} title={t('orderLink.title')}>
      <p className="text-ink-muted">{t('orderLink.hint')}</p>
      <SimpleForm
        action={mailOrderLink.bind(null, lang)}
        fields={[
          { name: 'orderNumber', label: t('orderLink.number'), required: true, maxLength: 40 },
          {
            name: 'email',
            label: t('field.email'),
            type: 'email',
            required: true,
            autoComplete: 'email',
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
