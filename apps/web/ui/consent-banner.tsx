import { chooseActivity } from '../lib/actions/activity.ts';
import { translator } from '../lib/messages.ts';

/** Asks, once, whether what the visitor does may be remembered. It stands in the page's flow and covers nothing. */
export function ConsentBanner({ lang }: { lang: string }) {
  const t = translator(lang);
  return (
    <section aria-label={t('privacy.title')} className="border-b border-line bg-muted">
      <form
        action={chooseActivity.bind(null, lang)}
        className="page flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-2.5 text-sm"
      >
        <p className="min-w-60 max-w-prose grow basis-0">{t('privacy.ask')}</p>
        <p className="flex gap-2">
          <button type="submit" name="choice" value="refused" className="button button-outline">
            {t('privacy.refuse')}
          </button>
          <button type="submit" name="choice" value="allowed" className="button button-outline">
            {t('privacy.allow')}
          </button>
        </p>
      </form>
    </section>
  );
}
