import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { searchByPicture } from '../../../lib/actions/pictures.ts';
import { getMarketplace } from '../../../lib/marketplace.ts';
import { translator } from '../../../lib/messages.ts';
import { NarrowCard } from '../../../ui/narrow-card.tsx';
import { PictureForm } from '../../../ui/picture-form.tsx';

type Props = { readonly params: Promise<{ lang: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: translator((await params).lang)('picture.search'), robots: { index: false, follow: true } };
}

export default async function SearchByPicturePage({ params }: Props) {
  const { lang } = await params;
  const [marketplace, t] = [await getMarketplace(lang), translator(lang)];
  return (
    <NarrowCard marketplace={marketplace} title={t('picture.search')}>
      <p>{t('picture.intro')}</p>
      <PictureForm
        action={searchByPicture.bind(null, lang)}
        idempotencyKey={randomUUID()}
        texts={{
          file: t('picture.file'),
          hint: t('picture.hint'),
          submit: t('picture.submit'),
          pending: t('picture.pending'),
        }}
      />
      <p className="text-sm text-ink-muted">{t('picture.kept')}</p>
    </NarrowCard>
  );
}
