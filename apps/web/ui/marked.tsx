/** A text with ranges of it marked. They come from search; the text is text, so nothing in it can become markup. */
export function Marked({
  text,
  ranges,
}: {
  readonly text: string;
  readonly ranges: readonly { readonly start: number; readonly end: number }[];
}) {
  const parts = ranges.flatMap(({ start, end }, i) => [
    text.slice(ranges[i - 1]?.end ?? 0, start),
    <mark key={start} className="bg-transparent font-bold text-inherit">
      {text.slice(start, end)}
    </mark>,
  ]);
  return (
    <>
      {parts}
      {text.slice(ranges.at(-1)?.end ?? 0)}
    </>
  );
}
