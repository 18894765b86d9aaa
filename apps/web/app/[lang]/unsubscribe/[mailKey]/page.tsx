import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { stopAlerts } from '../../../../lib/actions/saved-searches.ts';
import { getMarketplace } from '../../../../lib/marketplace.ts';
import { translator } from '../../../../lib/messages.ts';
import { NarrowCard } from '../../../../ui/narrow-card.tsx';
import { SimpleForm } from '../../../../ui/simple-form.tsx';

type Props = {
  readonly params: Promise<{ lang: string; mailKey: string }>;
  readonly searchParams: Promise<{ search?: string }>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: translator((await params).lang)('saved.stop.title'), robots: { index: false } };
}

/** Ends mails at one click, by whoever has the mail. Not at the first look: programs that check links look at all of them. */
export default async function UnsubscribePage({ params, searchParams }: Props) {
  const [{ lang, mailKey }, { search }] = [await params, await searchParams];
  const t = translator(lang);
  const done = <p role="status">{t('saved.stop.done')}</p>;
  const form = (stop: { mailKey: string; savedSearchId?: string }, submit: string, buttonClassName: string) => (
    <SimpleForm
      action={stopAlerts.bind(null, lang, stop)}
      fields={[]}
      submit={submit}
      pending={t('form.pending')}
      idempotencyKey={randomUUID()}
      whenDone={done}
      buttonClassName={`button ${buttonClassName} w-full`}
    />
  );
  return (
    <NarrowCard marketplace={await getMarketplace(lang)} title={t('saved.stop.title')}>
      <p className="text-ink-muted">{t('saved.stop.hint')}</p>
      {search !== undefined && form({ mailKey, savedSearchId: search }, t('saved.stop.one'), 'button-primary')}
      {form({ mailKey }, t('saved.stop.all'), search === undefined ? 'button-primary' : 'button-quiet')}
    </NarrowCard>
  );
}
