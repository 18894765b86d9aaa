/** Characters of a description that are read: what a thing is comes first, and sentence models read some 200 words. */
const BODY_MAX = 400;

/** What of a listing is turned into a vector. */
export function textOf({
  title,
  body,
  tags,
}: {
  readonly title: string;
  readonly body: string;
  readonly tags: readonly string[];
}): string {
  return [title, tags.join(', '), body.slice(0, BODY_MAX)].filter((each) => each.trim() !== '').join('\n');
}
