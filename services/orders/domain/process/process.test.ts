import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { mistakesOf, pathsOf } from './check.ts';
import { loadProcess } from './load.ts';
import {
  availableActions,
  dueAction,
  happenedLabel,
  initialState,
  type Party,
  Process,
  SETTLING,
  take,
  WAIVING,
} from './process.ts';

const marketplaces = fileURLToPath(new URL('../../../../marketplaces/', import.meta.url));
const shipped = readdirSync(marketplaces).flatMap((id) =>
  readdirSync(path.join(marketplaces, id, 'processes')).map((file) => {
    const place = path.join(marketplaces, id, 'processes', file);
    return { title: `${id}/${file}`, ...loadProcess(file.replace('.yaml', ''), file, readFileSync(place, 'utf8')) };
  }),
);

/** After these nothing is held or due any more: released, given back, or given up at the door. */
const ENDING = [...SETTLING, ...WAIVING];

describe('the processes we ship', () => {
  for (const { title, process } of shipped) {
    test(`${title}: every path ends and settles the money exactly once`, () => {
      const paths = pathsOf(process);
      assert.ok(paths.length >= 3);
      for (const names of paths) {
        let state = initialState(process);
        let settled = 0;
        for (const name of names) {
          const transition = process.transitions.find((each) => each.name === name && each.from.includes(state));
          assert.ok(transition);
          settled += transition.effects.filter((effect) => ENDING.includes(effect)).length;
          state = transition.to;
        }
        assert.equal(process.states[state]?.final, true, names.join(' → '));
        if (process.kind === 'return') assert.ok(settled <= 1, names.join(' → '));
        else assert.equal(settled, process.kind === 'sale' ? 1 : 0, names.join(' → '));
      }
    });

    test(`${title}: whatever the parties do, in any order, money is settled at most once and only by what they may do`, () => {
      const parties: Party[] = ['buyer', 'seller', 'operator', 'timer'];
      const names = process.transitions.map(({ name }) => name);
      fc.assert(
        fc.property(
          fc.array(fc.tuple(fc.constantFrom(...parties), fc.constantFrom(...names)), { maxLength: 30 }),
          (moves) => {
            let state = initialState(process);
            let settled = 0;
            for (const [party, name] of moves) {
              const step = take(process, state, name, party);
              const isAllowed = availableActions(process, state, party).some((each) => each.name === name);
              assert.equal(step !== undefined, isAllowed);
              if (step === undefined) continue;
              settled += step.effects.filter((effect) => ENDING.includes(effect)).length;
              state = step.to;
            }
            assert.ok(settled <= 1);
            if (process.kind === 'sale' && process.states[state]?.final) assert.equal(settled, 1);
          },
        ),
      );
    });
  }

  test('the same words in two marketplaces are the same version', () => {
    const versions = shipped.filter(({ name }) => name === 'escrow').map(({ version }) => version);
    assert.equal(new Set(versions).size, 1);
  });
});

const label = { en: 'x' };
const base = {
  kind: 'sale',
  states: { paid: { label, initial: true }, done: { label, final: true } },
  transitions: [{ name: 'complete', label, from: ['paid'], to: 'done', by: ['buyer'], effects: ['release'] }],
};
const mistakes = (change: Record<string, unknown>) => mistakesOf(Process.parse({ ...base, ...change })).join('\n');

describe('a process is refused when', () => {
  test('it is right: nothing is said', () => assert.equal(mistakes({}), ''));
  test('money is left on a path', () =>
    assert.match(
      mistakes({
        transitions: [...base.transitions, { name: 'cancel', label, from: ['paid'], to: 'done', by: ['buyer'] }],
      }),
      /neither released nor refunded on: paid → \(cancel\) → done/,
    ));
  test('money moves twice, also around a circle', () => {
    const states = { ...base.states, held: { label } };
    const transitions = [
      { name: 'pay', label, from: ['paid'], to: 'held', by: ['buyer'], effects: ['release'] },
      { name: 'back', label, from: ['held'], to: 'paid', by: ['buyer'] },
      { name: 'end', label, from: ['held'], to: 'done', by: ['buyer'] },
    ];
    assert.match(
      mistakes({ states, transitions }),
      /released or refunded twice on: paid → \(pay\) → held → \(back\) → paid → \(pay\) → held/,
    );
  });
  test('it is paid at the door, and the cash is moved before it is collected, collected twice, or neither collected nor given up', () => {
    const states = { paid: { label, initial: true }, there: { label }, done: { label, final: true } };
    const at = (name: string, from: string, to: string, effects: string[]) => ({
      name,
      label,
      from: [from],
      to,
      by: ['seller'],
      effects,
    });
    const collect = at('collect', 'paid', 'there', ['collect']);
    const release = at('end', 'there', 'done', ['release']);
    const door = (...transitions: unknown[]) => mistakes({ paid: 'onDelivery', states, transitions });
    assert.equal(door(collect, release, at('refuse', 'paid', 'done', ['refuse', 'restock'])), '');
    assert.match(
      door(collect, release, at('lose', 'paid', 'done', [])),
      /neither collected nor given up on: paid → \(lose\)/,
    );
    assert.match(
      door(collect, release, at('early', 'paid', 'done', ['refund'])),
      /nothing was collected yet on: paid → \(early\)/,
    );
    assert.match(
      door(collect, at('end', 'there', 'done', ['waive'])),
      /no cash to collect or give up, or not any more/,
    );
    assert.match(door(collect, at('end', 'there', 'done', [])), /neither released nor refunded on: paid → \(collect\)/);
    assert.match(mistakes({ states, transitions: [collect, release] }), /no cash to collect or give up/);
    const returns = { process: 'return', from: ['paid'], withinHours: 1 };
    assert.match(
      mistakes({ paid: 'onDelivery', states, transitions: [collect, release], returns }),
      /goods could come back that nobody has paid for, in paid/,
    );
  });
  test('a state cannot be reached, left, or ended', () => {
    assert.match(mistakes({ states: { ...base.states, lost: { label, final: true } } }), /lost cannot be reached/);
    assert.match(
      mistakes({
        states: { ...base.states, stuck: { label } },
        transitions: [...base.transitions, { name: 'wait', label, from: ['paid'], to: 'stuck', by: ['buyer'] }],
      }),
      /stuck is not final and cannot be left/,
    );
  });
  test('it names a state that is not there, or leaves a final one', () => {
    assert.match(
      mistakes({
        transitions: [...base.transitions, { name: 'go', label, from: ['done'], to: 'nowhere', by: ['buyer'] }],
      }),
      /nowhere, which does not exist[\s\S]*leaves done, which is final/,
    );
  });
  test('a timer does not say when', () =>
    assert.match(mistakes({ transitions: [{ ...base.transitions[0], by: ['timer'] }] }), /afterHours/));
  test('what was never ruled is settled, also where only one of two ways was ruled', () => {
    const states = { ...base.states, disputed: { label }, ruled: { label } };
    const transitions = [
      { name: 'dispute', label, from: ['paid'], to: 'disputed', by: ['buyer'] },
      { name: 'rule', label, from: ['disputed'], to: 'ruled', by: ['operator'], ruling: 'buyer' },
      { name: 'settle', label, from: ['ruled'], to: 'done', by: ['operator'], effects: ['settle'] },
    ];
    assert.equal(mistakes({ states, transitions }), '');
    const skip = { name: 'skip', label, from: ['disputed'], to: 'ruled', by: ['seller'] };
    assert.match(
      mistakes({ states, transitions: [...transitions, skip] }),
      /nothing was ruled yet on: paid → \(dispute\) → disputed → \(skip\) → ruled → \(settle\) → done/,
    );
  });
  test('somebody else rules, or a split does not say how much', () => {
    const rule = {
      name: 'rule',
      label,
      from: ['paid'],
      to: 'done',
      by: ['seller'],
      ruling: 'split',
      effects: ['settle'],
    };
    assert.match(
      mistakes({ transitions: [rule] }),
      /rule is a ruling, which only an operator may make[\s\S]*must ask for refundMinor if, and only if, its ruling is split/,
    );
  });
  test('it has no beginning', () =>
    assert.match(mistakes({ states: { ...base.states, paid: { label } } }), /exactly one initial state; it has 0/));
  test('one party has two transitions of one name out of one state, or there are two beginnings', () => {
    assert.match(
      mistakes({ transitions: [...base.transitions, ...base.transitions] }),
      /two transitions complete by buyer from paid/,
    );
    assert.match(
      mistakes({ states: { ...base.states, second: { label, initial: true } } }),
      /exactly one initial state; it has 2/,
    );
  });
  test('it goes in a circle for ever', () => {
    const states = { ...base.states, left: { label }, right: { label } };
    const transitions = [
      ...base.transitions,
      { name: 'turn', label, from: ['paid', 'right'], to: 'left', by: ['buyer'] },
      { name: 'turnBack', label, from: ['left'], to: 'right', by: ['buyer'] },
    ];
    assert.match(mistakes({ states, transitions }), /no path ends from left\n.*right/);
  });
  test('it is of an offer and lacks the names that offers are answered by, or sets something off', () => {
    const states = { proposed: { label, initial: true }, used: { label, final: true } };
    const transitions = [
      { name: 'lapse', label, from: ['proposed'], to: 'used', by: ['timer'], afterHours: 1, effects: ['restock'] },
    ];
    assert.equal(
      mistakes({ kind: 'offer', states, transitions }),
      [
        'an offer must have a state accepted, which is not final',
        "transition lapse is the timer's; in an offer it must be called expire",
        'transition lapse sets off restock; an offer sets off nothing',
      ].join('\n'),
    );
  });
  test('its file is not what it should be, it names the place', () => {
    const unknown = `kind: sale\nstates: { paid: { label: { en: Paid }, first: true } }\ntransitions: []`;
    assert.throws(() => loadProcess('x', 'x.yaml', unknown), /first[\s\S]*states\.paid/);
    assert.throws(() => loadProcess('x', 'x.yaml', 'kind: sale\nstates: {}\ntransitions: []'), /transitions/);
    assert.throws(() => loadProcess('x', 'x.yaml', 'kind: [sale'), /x\.yaml/);
  });
});

test('the process in the guide may run', () => {
  const guide = readFileSync(path.join(marketplaces, '..', 'docs', 'guides', 'processes.md'), 'utf8');
  const text = /^```yaml\n(kind: sale[\s\S]*?)^```$/m.exec(guide)?.[1];
  assert.ok(text);
  assert.equal(pathsOf(loadProcess('guide', 'guide.yaml', text).process).length, 4);
});

test('the history says what happened, in every language, where the button says what to do', () => {
  const retail = shipped.find(({ title }) => title === 'gamarriando/retail.yaml');
  assert.ok(retail);
  assert.deepEqual(happenedLabel(retail.process, 'ship'), {
    en: 'Shipped',
    th: 'จัดส่งแล้ว',
    es: 'Enviado',
    ja: '発送しました',
  });
  assert.equal(happenedLabel(retail.process, 'assumeDelivered')?.en, 'Taken as delivered');
  assert.equal(happenedLabel(retail.process, 'refunded'), undefined);
  for (const { title, process } of shipped)
    for (const { name, label, happened = label } of process.transitions)
      assert.deepEqual(Object.keys(happened).sort(), Object.keys(label).sort(), `${title}: ${name}`);
});

test('the clock takes the earliest of its transitions, counted from when the state was entered', () => {
  const process = shipped.find(({ name }) => name === 'escrow')?.process;
  assert.ok(process);
  const entered = new Date('2026-01-01T00:00:00Z');
  assert.deepEqual(dueAction(process, 'shipped', entered), {
    action: 'complete',
    dueTime: new Date('2026-01-04T00:00:00Z'),
  });
  assert.equal(dueAction(process, 'completed', entered), null);
});
