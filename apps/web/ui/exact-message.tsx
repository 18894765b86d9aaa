type Props = {
  readonly lang: string;
  /** In the reader's language, as far as we have words for it. */
  readonly text: string;
  /** In English, as the API says it: with the row, the name or the number that it is about. */
  readonly message: string;
};

/** What went wrong: in the reader's language, and below it exactly. To who reads English it is said once. */
export function ExactMessage({ lang, text, message }: Props) {
  return (
    <>
      {lang !== 'en' && <p>{text}</p>}
      <p lang="en" className={lang === 'en' ? '' : 'text-sm text-ink-muted'}>
        {message}
      </p>
    </>
  );
}
