import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { saveNotificationSettings } from '../../../../../lib/actions/notifications.ts';
import { chooseReviewQuestions } from '../../../../../lib/actions/reviews.ts';
import { api, unlessAway } from '../../../../../lib/api.ts';
import { getMarketplace } from '../../../../../lib/marketplace.ts';
import { translator } from '../../../../../lib/messages.ts';
import { paths } from '../../../../../lib/paths.ts';
import { requireMember } from '../../../../../lib/session.ts';
import { Link } from '../../../../../ui/link.tsx';
import { NotificationSettingsForm } from '../../../../../ui/notification-settings-form.tsx';
import { SimpleForm } from '../../../../../ui/simple-form.tsx';

type Props = { readonly params: Promise<{ lang: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: translator((await params).lang)('notices.settings'), robots: { index: false } };
}

/** What a member is told of and how: theirs to choose, but for what they must know. */
export default async function NotificationSettingsPage({ params }: Props) {
  const { lang } = await params;
  await requireMember(lang, paths.notificationSettings(lang));
  const [client, t, { features }] = [await api(lang), translator(lang), await getMarketplace(lang)];
  const [settings, questions] = await Promise.all([
    unlessAway(client.notifications.getNotificationSettings({})),
    features.reviews ? unlessAway(client.reviews.getReviewQuestions({})) : undefined,
  ]);
  if (settings === undefined) return <p role="alert">{t('error.UNAVAILABLE')}</p>;
  const { topics, version } = settings;
  return (
    <>
      <Link href={paths.notifications(lang)} className="link">
        {t('notices.title')}
      </Link>
      <h1 className="text-3xl font-bold">{t('notices.settings')}</h1>
      <section className="card max-w-xl p-5">
        <NotificationSettingsForm
          action={saveNotificationSettings.bind(null, lang, {
            version,
            topics: topics.map(({ topic, offered }) => ({ topic, offered })),
          })}
          idempotencyKey={randomUUID()}
          topics={topics.map(({ topic, offered, chosen }) => ({
            legend: t(`notices.topic.${topic}`),
            hint: t(`notices.topicHint.${topic}`),
            channels: offered.map((channel) => ({
              name: `${topic}.${channel}`,
              label: t(`notices.by.${channel}`),
              isChecked: chosen.includes(channel),
            })),
          }))}
          always={t('notices.always')}
          submit={t('account.save')}
          pending={t('form.pending')}
        />
      </section>
      {questions !== undefined && (
        <section className="card max-w-xl space-y-4 p-5" aria-labelledby="review-questions">
          <h2 id="review-questions" className="text-xl font-bold">
            {t(questions.isWanted ? 'review.asked' : 'review.notAsked')}
          </h2>
          <p className="text-ink-muted">{t('review.askedHint')}</p>
          <SimpleForm
            action={chooseReviewQuestions.bind(null, lang, !questions.isWanted)}
            fields={[]}
            submit={t(questions.isWanted ? 'review.askNoMore' : 'review.askAgain')}
            pending={t('form.pending')}
            idempotencyKey={randomUUID()}
            buttonClassName="button button-quiet"
          />
        </section>
      )}
      <section className="card max-w-xl space-y-2 p-5" aria-labelledby="saved-searches">
        <h2 id="saved-searches" className="text-xl font-bold">
          {t('saved.title')}
        </h2>
        <p className="text-ink-muted">{t('notices.searchesHint')}</p>
        <Link href={paths.savedSearches(lang)} className="link">
          {t('notices.searchesLink')}
        </Link>
      </section>
    </>
  );
}
