import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { chooseActivity, eraseActivity } from '../../../../lib/actions/activity.ts';
import { activityChoice } from '../../../../lib/activity-choice.ts';
import { api, unlessAway } from '../../../../lib/api.ts';
import { translator } from '../../../../lib/messages.ts';
import { paths } from '../../../../lib/paths.ts';
import { requireMember } from '../../../../lib/session.ts';
import { SimpleForm } from '../../../../ui/simple-form.tsx';

type Props = { readonly params: Promise<{ lang: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: translator((await params).lang)('privacy.title'), robots: { index: false } };
}

/** What is remembered of a member: theirs to allow, to refuse, and to have erased. */
export default async function PrivacyPage({ params }: Props) {
  const { lang } = await params;
  await requireMember(lang, paths.privacy(lang));
  const [client, t, here] = [await api(lang), translator(lang), await activityChoice()];
  const consent = await unlessAway(client.discovery.getActivityConsent({}));
  if (consent === undefined) return <p role="alert">{t('error.UNAVAILABLE')}</p>;
  return (
    <>
      <h1 className="text-3xl font-bold">{t('privacy.title')}</h1>
      <section className="card max-w-xl space-y-4 p-5" aria-labelledby="choice">
        <h2 id="choice" className="text-xl font-bold">
          {t(`privacy.state.${consent.choice}`)}
        </h2>
        <p className="text-ink-muted">{t('privacy.explained', { days: consent.keptDays })}</p>
        {here === 'signal' && <p>{t('privacy.signal')}</p>}
        <form action={chooseActivity.bind(null, lang)} className="flex flex-wrap gap-2">
          {consent.choice !== 'allowed' && (
            <button type="submit" name="choice" value="allowed" className="button button-primary">
              {t('privacy.allow')}
            </button>
          )}
          {consent.choice !== 'refused' && (
            <button type="submit" name="choice" value="refused" className="button button-quiet">
              {t('privacy.refuse')}
            </button>
          )}
        </form>
      </section>
      <section className="card max-w-xl space-y-4 p-5" aria-labelledby="erase">
        <h2 id="erase" className="text-xl font-bold">
          {t('privacy.erase')}
        </h2>
        <p className="text-ink-muted">{t('privacy.eraseHint')}</p>
        <SimpleForm
          action={eraseActivity.bind(null, lang)}
          fields={[]}
          submit={t('privacy.erase')}
          pending={t('form.pending')}
          idempotencyKey={randomUUID()}
          buttonClassName="button button-danger"
        />
      </section>
    </>
  );
}
