import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BROWSING, type Tuning } from './co-occurrence.ts';
import { chooseTuning, type LoggedInteraction, TUNINGS } from './tuning.ts';

const DAY_MS = 86_400_000;
const [PEOPLE, STEPS, SUBJECTS, LISTINGS] = [600, 18, 30, 30];

function chosenFor(log: readonly LoggedInteraction[]): Tuning {
  const choosing = chooseTuning(log);
  for (;;) {
    const { done, value } = choosing.next();
    if (done === true) return value;
  }
}

/** Numbers below `end` that look like chance and are the same each time (a linear congruential generator, Knuth's MMIX). */
function chances(): (end: number) => number {
  let state = 1n;
  return (end) => {
    state = (state * 6_364_136_223_846_793_005n + 1_442_695_040_888_963_407n) % 2n ** 64n;
    return Number(state >> 33n) % end;
  };
}

/** People who look at a listing of a subject every five days: `subjectOf` says of which. */
function logOf(subjectOf: (person: number, step: number, chance: (end: number) => number) => number) {
  const chance = chances();
  const log: LoggedInteraction[] = [];
  for (let step = 0; step < STEPS; step++)
    for (let person = 0; person < PEOPLE; person++) {
      const item = `${subjectOf(person, step, chance) % SUBJECTS}.${chance(LISTINGS)}`;
      log.push({ actor: `p${person}`, item, weight: 1, atMs: step * 5 * DAY_MS + person });
    }
  return log;
}

test('of a log that is short, or of people who come once, nothing is concluded', () => {
  assert.equal(chosenFor([]), BROWSING);
  const once = Array.from({ length: 500 }, (_, at) => ({ actor: `p${at}`, item: `i${at % 9}`, weight: 1, atMs: at }));
  assert.equal(chosenFor(once), BROWSING);
});

test('where tastes last, all that somebody did counts; where they change, what came last', () => {
  const lasting = chosenFor(logOf((person, _step, chance) => person + chance(3) * 11));
  const changing = chosenFor(logOf((person, step) => person + Math.floor(step / 3) * 13));
  assert.equal(lasting.recencyExponent, 0, JSON.stringify(lasting));
  assert.ok(changing.recencyExponent > 0, JSON.stringify(changing));
  for (const tuning of [lasting, changing]) assert.ok(TUNINGS.includes(tuning));
});
