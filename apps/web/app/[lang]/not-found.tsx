import { translator } from '../../lib/messages';

/** Told in English here: a not-found page is given no parameters, so the language comes from the document around it. */
export default function NotFound() {
  const t = translator('en');
  return (
    <div className="page grid place-items-center gap-3 py-24 text-center">
      <h1 className="text-3xl font-bold">{t('page.notFound')}</h1>
      <p className="text-ink-muted">{t('page.notFoundHint')}</p>
      <a href="/" className="button button-primary">{t('page.home')}</a>
    </div>
  );
}
