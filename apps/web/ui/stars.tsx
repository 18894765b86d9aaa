import { formatNumber } from '../lib/format.ts';
import { translator } from '../lib/messages.ts';

const STAR =
  'M12 2.600l2.900 6.100 6.600.900-4.800 4.700 1.200 6.700-5.900-3.200-5.900 3.200 1.200-6.700L2.500 9.600l6.600-.900z';
const PLACES = [0, 1, 2, 3, 4] as const;

/** Five stars, filled as far as `stars` says (4.3: four and a bit); in words for who does not see them. */
export function Stars({ stars, lang, size = 18 }: { stars: number; lang: string; size?: number }) {
  const row = (color: string) => (
    <span className={`flex w-max ${color}`}>
      {PLACES.map((place) => (
        <svg key={place} viewBox="0 0 24 24" width={size} height={size} fill="currentColor" aria-hidden="true">
          <path d={STAR} />
        </svg>
      ))}
    </span>
  );
  return (
    <span
      role="img"
      aria-label={translator(lang)('review.stars', { stars: formatNumber(stars, lang) })}
      className="relative inline-block w-max shrink-0 align-middle"
    >
      {row('text-line')}
      <span className="absolute inset-y-0 left-0 overflow-hidden" style={{ width: `${(stars / 5) * 100}%` }}>
        {row('text-rating')}
      </span>
    </span>
  );
}

/** The mean and how many said so, in a line: `4.6 ★★★★★ (12)`. Nothing where nobody did. */
export function RatingLine({
  rating,
  lang,
  size,
}: {
  rating: { readonly mean: number | null; readonly count: number } | null | undefined;
  lang: string;
  size?: number;
}) {
  if (rating?.mean == null) return null;
  const count = formatNumber(rating.count, lang);
  return (
    <span className="flex flex-wrap items-center gap-1.5 text-sm">
      <Stars stars={rating.mean} lang={lang} {...(size === undefined ? {} : { size })} />
      <span aria-hidden="true" className="font-semibold">
        {formatNumber(Math.round(rating.mean * 10) / 10, lang)}
      </span>
      <span aria-hidden="true" className="text-ink-muted">
        ({count})
      </span>
      <span className="sr-only">{translator(lang)('review.count', { count })}</span>
    </span>
  );
}
