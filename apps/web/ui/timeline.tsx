type Entry = {
  readonly key: string;
  readonly title: string;
  readonly detail: string;
  readonly by: string;
  readonly time: string;
};

/** What happened, oldest first, along a line. */
export function Timeline({ entries }: { entries: readonly Entry[] }) {
  return (
    <ol className="space-y-4 border-l-2 border-line pl-5">
      {entries.map(({ key, title, detail, by, time }) => (
        <li key={key} className="relative">
          <span aria-hidden="true" className="absolute top-1.5 -left-[1.6rem] size-3 rounded-full bg-primary" />
          <p className="font-medium">{title}</p>
          {detail !== '' && <p>{detail}</p>}
          <p className="text-sm text-ink-muted">
            {by} · {time}
          </p>
        </li>
      ))}
    </ol>
  );
}
