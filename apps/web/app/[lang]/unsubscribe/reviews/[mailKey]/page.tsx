import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { stopReviewQuestions } from '../../../../../lib/actions/reviews.ts';
import { getMarketplace } from '../../../../../lib/marketplace.ts';
import { translator } from '../../../../../lib/messages.ts';
import { NarrowCard } from '../../../../../ui/narrow-card.tsx';
import { SimpleForm } from '../../../../../ui/simple-form.tsx';

type Props = { readonly params: Promise<{ lang: string; mailKey: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: translator((await params).lang)('review.stop.title'), robots: { index: false } };
}

/** Ends the mails that ask for reviews, by whoever has one. Not at the first look: programs that check links look at all of them. */
export default async function StopReviewQuestionsPage({ params }: Props) {
  const { lang, mailKey } = await params;
  const t = translator(lang);
  return (
    <NarrowCard marketplace={await getMarketplace(lang)} title={t('review.stop.title')}>
      <p className="text-ink-muted">{t('review.askedHint')}</p>
      <SimpleForm
        action={stopReviewQuestions.bind(null, lang, mailKey)}
        fields={[]}
        submit={t('review.askNoMore')}
        pending={t('form.pending')}
        idempotencyKey={randomUUID()}
        whenDone={<p role="status">{t('saved.stop.done')}</p>}
        buttonClassName="button button-primary w-full"
      />
    </NarrowCard>
  );
}
