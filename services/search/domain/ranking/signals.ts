/** What a marketplace adds to how well a hit fits, and by how much at most. */
export type SignalSettings = {
  /** By which part of its score a hit may rise or fall at most, from 0 to 1. */
  readonly cap: number;
  /** How much each signal says beside the others, from 0 up. */
  readonly completeness: number;
  readonly freshness: number;
  /** Of what is near where it is searched; without such a place it says nothing. */
  readonly nearness: number;
  /** Of what somebody reviewed, or something else of its store. */
  readonly rating: number;
  /** What time it is, in milliseconds since 1970. */
  readonly nowMs: number;
};

/**
 * What is known of a hit besides its words. `completeness` is from 0 to 1; null where its index does not know it yet.
 * `distanceKm` is null where nobody asked for what is near, or nobody knows where it is. `rating` is from 0 to 1; null where
 * nobody reviewed anything of its store: then it says nothing, neither good nor bad. `boost` is which part of the way up to the cap operators
 * lift it, from 0 to 1.
 */
export type Signals = {
  readonly completeness: number | null;
  readonly publishedMs: number;
  readonly distanceKm: number | null;
  readonly rating: number | null;
  readonly boost: number;
};

/** After so long a listing is half as fresh. */
const HALF_LIFE_MS = 30 * 86_400_000;
/** So far away a listing is half as near: what people go for by car without thinking about it. */
const HALF_WAY_KM = 20;

/** What the signals say together, from −1 to 1; 0 when they say nothing. */
export function verdictOf({ boost, ...signals }: Signals, settings: SignalSettings): number {
  const unboosted = unboostedVerdict(signals, settings);
  return unboosted + boost * (1 - unboosted);
}

function unboostedVerdict(
  { completeness, publishedMs, distanceKm, rating }: Omit<Signals, 'boost'>,
  settings: SignalSettings,
): number {
  const ageMs = Math.max(0, settings.nowMs - publishedMs);
  const fresh = 0.5 ** (ageMs / HALF_LIFE_MS);
  const near = distanceKm === null ? 0 : 0.5 ** (distanceKm / HALF_WAY_KM);
  const known = completeness === null ? 0 : settings.completeness;
  const placed = distanceKm === null ? 0 : settings.nearness;
  const rated = rating === null ? 0 : settings.rating;
  const weight = known + settings.freshness + placed + rated;
  if (weight === 0) return 0;
  const said = known * (completeness ?? 0) + settings.freshness * fresh + placed * near + rated * (rating ?? 0);
  return (2 * said) / weight - 1;
}

/**
 * A score that the signals raise or lower by at most the cap. A hit whose score is more than (1 + cap) / (1 − cap) times
 * another's stays before it, whatever the signals say.
 */
export function withSignals(score: number, verdict: number, cap: number): number {
  return score + Math.abs(score) * cap * Math.max(-1, Math.min(1, verdict));
}
