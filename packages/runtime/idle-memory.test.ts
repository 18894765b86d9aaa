import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { isDue, NOTHING_GIVEN_BACK } from './idle-memory.ts';

const MIB = 2 ** 20;
const seen = { utilization: 0.01, heldBytes: 90 * MIB, now: 10_000 };

test('a thread gives memory back when it has come to rest', () => {
  assert.ok(isDue(NOTHING_GIVEN_BACK, seen));
  assert.ok(!isDue(NOTHING_GIVEN_BACK, { ...seen, utilization: 0.2 }), 'it has something to do');
  assert.ok(!isDue(NOTHING_GIVEN_BACK, { ...seen, heldBytes: 10 * MIB }), 'it never took much');
});

test('it does so again only for much, and not all the time', () => {
  const last = { leftBytes: 80 * MIB, at: 10_000 };
  const later = { utilization: 0, heldBytes: 120 * MIB, now: 400_000 };
  assert.ok(isDue(last, later));
  assert.ok(!isDue(last, { ...later, heldBytes: 90 * MIB }), 'too little to stop for');
  assert.ok(!isDue(last, { ...later, now: 60_000 }), 'too soon');
});

test('what a rush took is the system’s again soon after it', async () => {
  const program = `
    import { setInterval } from 'node:timers/promises';
    import { getHeapStatistics } from 'node:v8';
    import { giveBackWhenIdle } from ${JSON.stringify(import.meta.resolve('./idle-memory.ts'))};
    giveBackWhenIdle();
    let kept = [];
    for (const end = performance.now() + 500; performance.now() < end; ) kept.push(new Array(100).fill(kept.length));
    kept = [];
    const { total_physical_size: inTheRush } = getHeapStatistics();
    for await (const _ of setInterval(500))
      if (getHeapStatistics().total_physical_size < inTheRush / 2) break;
    console.log('given back');`;
  const flags = ['--expose-gc', '--input-type=module', '-e', program];
  const { stdout } = await promisify(execFile)(process.execPath, flags);
  assert.equal(stdout, 'given back\n');
});
