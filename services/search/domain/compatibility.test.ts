import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareVersions, compatibilitiesIn, isWithin, worksFact, worksWith } from './compatibility.ts';

test('what sellers write of versions is read, and what is not understood left out', () => {
  assert.deepEqual(compatibilitiesIn('Unity 2022.3+, Unreal Engine ≥ 5.3; Godot 4'), [
    { program: 'unity', from: '2022.3', to: null },
    { program: 'unreal', from: '5.3', to: null },
    { program: 'godot', from: '4', to: '4' },
  ]);
  assert.deepEqual(compatibilitiesIn('Unity 2022.3 – 6.1, Blender up to 4.2.x, all engines, 12'), [
    { program: 'unity', from: '2022.3', to: '6000.1' },
    { program: 'blender', from: null, to: '4.2' },
  ]);
});

test('versions are compared by their parts, not as text', () => {
  assert.ok(compareVersions('2022.10', '2022.9') > 0);
  assert.ok(compareVersions('5.3', '5.3.0') === 0);
  const range = { from: '2022.3', to: '2023.2' };
  for (const version of ['2022.3', '2022.3.40', '2022.10', '2023', '2023.2.5'])
    assert.ok(isWithin(version, range), version);
  for (const version of ['2021.3', '2022.2', '2023.3', '6000.0']) assert.ok(!isWithin(version, range), version);
  assert.ok(isWithin('6000.0', { from: '2022.3', to: null }));
});

test('a listing is found by a version that it works with, written as a fact', () => {
  const [range] = compatibilitiesIn('Unity 2022.3 – 6.1');
  const value = worksFact(range as never).slice('@works:'.length);
  const isFor = (text: string) => worksWith(value, compatibilitiesIn(text)[0] as never);
  assert.deepEqual(['Unity 2022.3', 'unity 2023.1.4', 'Unity 6', 'Unity 6000.1'].map(isFor), [true, true, true, true]);
  assert.deepEqual(['Unity 2021.3', 'Unity 6.2', 'Godot 2023'].map(isFor), [false, false, false]);
});
