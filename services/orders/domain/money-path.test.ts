import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { moneyPath } from './money-path.ts';
import { Transition } from './process/process.ts';

const transition = (name: string, effects: string[]) =>
  Transition.parse({ name, label: { en: name }, from: ['paid'], to: 'done', by: ['buyer'], effects });
const transitions = [
  transition('ship', []),
  transition('confirm', ['release']),
  transition('cancel', ['refund', 'restock']),
  transition('carryOut', ['settle']),
];
const pathOf = (actions: string[], refundedMinor = 0) =>
  moneyPath(
    { timeline: actions.map((action) => ({ action })), totalMinor: 1_000, refundedMinor },
    { transitions, paid: 'before' },
  );

test('money is held until a transition settles it; what came back before is with the buyer', () => {
  assert.deepEqual(pathOf(['placed', 'ship']), { dueMinor: 0, heldMinor: 1_000, releasedMinor: 0, refundedMinor: 0 });
  assert.deepEqual(pathOf(['placed', 'refunded'], 300), {
    dueMinor: 0,
    heldMinor: 700,
    releasedMinor: 0,
    refundedMinor: 300,
  });
  assert.deepEqual(pathOf(['placed', 'confirm']), {
    dueMinor: 0,
    heldMinor: 0,
    releasedMinor: 1_000,
    refundedMinor: 0,
  });
  assert.deepEqual(pathOf(['placed', 'cancel'], 1_000), {
    dueMinor: 0,
    heldMinor: 0,
    releasedMinor: 0,
    refundedMinor: 1_000,
  });
  assert.deepEqual(pathOf(['placed', 'carryOut'], 400), {
    dueMinor: 0,
    heldMinor: 0,
    releasedMinor: 600,
    refundedMinor: 400,
  });
});

test('whatever happened, the three are what the buyer paid', () => {
  const actions = fc.array(fc.constantFrom('placed', 'ship', 'confirm', 'cancel', 'carryOut', 'refunded'));
  fc.assert(
    fc.property(actions, fc.integer({ min: 0, max: 1_000 }), (taken, refundedMinor) => {
      const { heldMinor, releasedMinor, refundedMinor: back } = pathOf(taken, refundedMinor);
      assert.equal(heldMinor + releasedMinor + back, 1_000);
      assert.ok(heldMinor >= 0 && releasedMinor >= 0);
    }),
  );
});

test('what is paid at the door is due until it is collected, and nobody has it when it is given up', () => {
  const door = [...transitions, transition('collect', ['collect']), transition('refuse', ['refuse'])];
  const at = (...actions: string[]) =>
    moneyPath(
      { timeline: actions.map((action) => ({ action })), totalMinor: 1_000, refundedMinor: 0 },
      { transitions: door, paid: 'onDelivery' },
    );
  const nothing = { dueMinor: 0, heldMinor: 0, releasedMinor: 0, refundedMinor: 0 };
  assert.deepEqual(at('placed', 'ship'), { ...nothing, dueMinor: 1_000 });
  assert.deepEqual(at('placed', 'ship', 'collect'), { ...nothing, heldMinor: 1_000 });
  assert.deepEqual(at('placed', 'collect', 'confirm'), { ...nothing, releasedMinor: 1_000 });
  assert.deepEqual(at('placed', 'ship', 'refuse'), nothing);
});
