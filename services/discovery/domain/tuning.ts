import { BROWSING, CoOccurrence, type Interaction, type Tuning } from './co-occurrence.ts';

const DAY_MS = 86_400_000;

/** What somebody did, as a log has it. */
export type LoggedInteraction = Interaction & { readonly actor: string };

/** Tastes that change from month to month: what somebody looked at last says nearly all. */
const DRIFTING: Tuning = { ...BROWSING, halfLifeMs: 30 * DAY_MS, recencyExponent: 0.8 };
/** Tastes that stay, looked at in no particular order, as ratings are: everything somebody did says the same. */
const LASTING: Tuning = {
  ...BROWSING,
  halfLifeMs: 3_650 * DAY_MS,
  historyMax: 100,
  shrinkage: 2,
  distanceExponent: 0,
  recencyExponent: 0,
};

/** What a marketplace may be like; the first is believed of one that has shown little. */
export const TUNINGS: readonly [Tuning, ...Tuning[]] = [BROWSING, LASTING, DRIFTING];

/** The newest events that a tuning is chosen by. */
export const TUNED_MAX = 50_000;
/** Share of a log that is known, when the rest is to be foretold. */
const KNOWN_SHARE = 0.8;
/** People whose future is foretold: enough to tell a twentieth of a difference. */
const JUDGED_MAX = 400;
/** With fewer to judge by, chance would choose. */
const JUDGED_MIN = 40;
/** Suggestions that count, as in bench/recommend. */
const AT = 20;
const HISTORY_MAX = 100;

/**
 * Finds what suits this log (in order of time): each tuning learns its first four fifths, and whoever foretells most of what
 * people went on to in the rest is chosen. The work is done in steps, so that a server answers requests in between.
 */
export function* chooseTuning(log: readonly LoggedInteraction[]): Generator<undefined, Tuning> {
  const cut = Math.floor(log.length * KNOWN_SHARE);
  const judged = judgedPeople(log.slice(0, cut), log.slice(cut));
  let [best, most] = [TUNINGS[0], 0];
  if (judged.length < JUDGED_MIN) return best;
  for (const tuning of TUNINGS) {
    const model = new CoOccurrence(tuning);
    for (let at = 0; at < cut; at++) {
      const { actor, ...interaction } = log[at]!;
      model.learn(actor, interaction);
      if (at % 20 === 0) yield;
    }
    let recall = 0;
    for (const { history, wanted } of judged) {
      const hits = model.suggestFor(history, AT).filter(({ item }) => wanted.has(item)).length;
      recall += hits / Math.min(AT, wanted.size);
      yield;
    }
    if (recall > most) [best, most] = [tuning, recall];
  }
  return best;
}

/** People of both parts, with what they had seen (newest first) and what they then went on to that was known and new to them. */
function judgedPeople(known: readonly LoggedInteraction[], future: readonly LoggedInteraction[]) {
  const items = new Set(known.map(({ item }) => item));
  const futures = new Map<string, Set<string>>();
  for (const { actor, item } of future)
    if (items.has(item)) futures.set(actor, (futures.get(actor) ?? new Set()).add(item));
  const histories = new Map<string, Map<string, Interaction>>();
  for (const { actor, ...interaction } of known) {
    if (!futures.has(actor)) continue;
    const history = histories.get(actor) ?? new Map<string, Interaction>();
    history.delete(interaction.item);
    histories.set(actor, history.set(interaction.item, interaction));
  }
  const people: { history: Interaction[]; wanted: Set<string> }[] = [];
  for (const [actor, seen] of histories) {
    const wanted = new Set([...(futures.get(actor) ?? [])].filter((item) => !seen.has(item)));
    if (wanted.size > 0) people.push({ history: [...seen.values()].reverse().slice(0, HISTORY_MAX), wanted });
  }
  // Spread over all of them: who came first may be of another kind than who came last.
  const step = Math.max(1, people.length / JUDGED_MAX);
  return Array.from(
    { length: Math.min(people.length, JUDGED_MAX) },
    (_, at) => people[Math.floor(at * step)] as (typeof people)[number],
  );
}
