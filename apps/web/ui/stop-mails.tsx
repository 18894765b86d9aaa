import { randomUUID } from 'node:crypto';
import type { FormState } from '../lib/form.ts';
import { getMarketplace } from '../lib/marketplace.ts';
import { translator } from '../lib/messages.ts';
import { NarrowCard } from './narrow-card.tsx';
import { SimpleForm } from './simple-form.tsx';

type Way = { readonly submit: string; readonly action: (state: FormState, form: FormData) => Promise<FormState> };

/**
 * Ends mails at one click, by whoever has one of them: the narrowest way first. Not at the first look, since programs
 * that check the links of mails look at all of them.
 */
export async function StopMails({
  lang,
  title,
  hint,
  ways,
}: {
  lang: string;
  title: string;
  hint: string;
  ways: readonly Way[];
}) {
  const t = translator(lang);
  return (
    <NarrowCard marketplace={await getMarketplace(lang)} title={title}>
      <p className="text-ink-muted">{hint}</p>
      {ways.map(({ submit, action }, index) => (
        <SimpleForm
          key={submit}
          action={action}
          fields={[]}
          submit={submit}
          pending={t('form.pending')}
          idempotencyKey={randomUUID()}
          whenDone={<p role="status">{t('saved.stop.done')}</p>}
          buttonClassName={`button ${index === 0 ? 'button-primary' : 'button-quiet'} w-full`}
        />
      ))}
    </NarrowCard>
  );
}
