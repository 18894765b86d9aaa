import type { Metadata } from 'next';
import { stopReviewQuestions } from '../../../../../lib/actions/reviews.ts';
import { translator } from '../../../../../lib/messages.ts';
import { StopMails } from '../../../../../ui/stop-mails.tsx';

type Props = { readonly params: Promise<{ lang: string; mailKey: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: translator((await params).lang)('review.stop.title'), robots: { index: false } };
}

/** Ends the mails that ask for reviews. */
export default async function StopReviewQuestionsPage({ params }: Props) {
  const { lang, mailKey } = await params;
  const t = translator(lang);
  const ways = [{ submit: t('review.askNoMore'), action: stopReviewQuestions.bind(null, lang, mailKey) }];
  return <StopMails lang={lang} title={t('review.stop.title')} hint={t('review.askedHint')} ways={ways} />;
}
