import { Icon } from './icon.tsx';

/** A small square picture beside a line; decorative, because the line's text names the thing. */
export function Thumb({ url, size = 64 }: { url: string | null; size?: number }) {
  const style = { width: size, height: size };
  if (url === null) {
    return (
      <span style={style} className="grid shrink-0 place-items-center rounded-small bg-muted text-ink-muted">
        <Icon name="image" />
      </span>
    );
  }
  return (
    <img
      src={url}
      alt=""
      width={size}
      height={size}
      style={style}
      loading="lazy"
      className="shrink-0 rounded-small object-cover"
    />
  );
}
