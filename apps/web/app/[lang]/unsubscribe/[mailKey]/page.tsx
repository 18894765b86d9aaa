import type { Metadata } from 'next';
import { stopAlerts } from '../../../../lib/actions/saved-searches.ts';
import { translator } from '../../../../lib/messages.ts';
import { StopMails } from '../../../../ui/stop-mails.tsx';

type Props = {
  readonly params: Promise<{ lang: string; mailKey: string }>;
  readonly searchParams: Promise<{ search?: string }>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: translator((await params).lang)('saved.stop.title'), robots: { index: false } };
}

/** Ends the mails about new finds: of the search that the mail was about, or of all. */
export default async function UnsubscribePage({ params, searchParams }: Props) {
  const [{ lang, mailKey }, { search }] = [await params, await searchParams];
  const t = translator(lang);
  const all = { submit: t('saved.stop.all'), action: stopAlerts.bind(null, lang, { mailKey }) };
  const ways =
    search === undefined
      ? [all]
      : [{ submit: t('saved.stop.one'), action: stopAlerts.bind(null, lang, { mailKey, savedSearchId: search }) }, all];
  return <StopMails lang={lang} title={t('saved.stop.title')} hint={t('saved.stop.hint')} ways={ways} />;
}
