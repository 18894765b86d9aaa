import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fromString, TypeID, toUUID } from 'typeid-js';
import { idFromUuid, idSchema, newId, uuidFromId } from './ids.ts';

test('ids are those of the reference library, there and back', () => {
  fc.assert(
    fc.property(fc.uuid(), (uuid) => {
      const id = idFromUuid('listing', uuid);
      assert.equal(id, TypeID.fromUUID('lst', uuid).toString());
      assert.equal(uuidFromId(id), uuid);
      assert.equal(toUUID(fromString(id)), uuid);
      assert.ok(idSchema('listing').safeParse(id).success);
    }),
  );
});

test('what is no id is refused rather than turned into another', () => {
  for (const text of ['', 'lst_', 'lst_01', `${newId('listing')}0`, 'lst_01k9w6x8f0e5rbq2m3n4p5q6rU'])
    assert.throws(() => uuidFromId(text), TypeError);
  assert.throws(() => idFromUuid('listing', 'abc'), TypeError);
});
