import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BROWSING, type Tuning } from './co-occurrence.ts';
import { chooseTuning, type LoggedInteraction, TUNINGS } from './tuning.ts';

const DAY_MS = 86_400_000;

function chosenFor(log: readonly LoggedInteraction[]): Tuning {
  const choosing = chooseTuning(log);
  for (;;) {
    const { done, value } = choosing.next();
    if (done === true) return value;
  }
}

/** Forty groups of ten listings that belong together; `groupOf` says which one somebody deals with at each of ten steps. */
function logOf(groupOf: (person: number, step: number) => number): LoggedInteraction[] {
  const log: LoggedInteraction[] = [];
  for (let step = 0; step < 10; step++)
    for (let person = 0; person < 400; person++) {
      const group = groupOf(person, step) % 40;
      const item = `${group}.${(person * 7 + step * 3) % 10}`;
      log.push({ actor: `p${person}`, item, weight: 1, atMs: step * 20 * DAY_MS + person });
    }
  return log;
}

test('of a log that is short, or of people who come once, nothing is concluded', () => {
  assert.equal(chosenFor([]), BROWSING);
  const once = Array.from({ length: 500 }, (_, at) => ({ actor: `p${at}`, item: `i${at % 9}`, weight: 1, atMs: at }));
  assert.equal(chosenFor(once), BROWSING);
});

test('people who change their minds are learned from otherwise than people who come back to the same', () => {
  // Everybody moves to another group at every third step: what they looked at before says nothing any more.
  const drifting = chosenFor(logOf((person, step) => person + Math.floor(step / 3) * 13));
  // Everybody goes to and fro between two groups: the older half of what they looked at says as much.
  const lasting = chosenFor(logOf((person, step) => (step % 2 === 0 ? person : (person % 20) * 2 + 7)));
  assert.ok(drifting.recencyExponent > lasting.recencyExponent, JSON.stringify([drifting, lasting]));
  for (const tuning of [drifting, lasting]) assert.ok(TUNINGS.includes(tuning));
});
