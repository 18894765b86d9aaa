import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fromString, TypeID, toUUID } from 'typeid-js';
import { firstUuidOf, idFromUuid, idKindOf, idSchema, isId, NIL_UUID, newId, newUuid, uuidFromId } from './ids.ts';

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

test('an id tells by its prefix what it is of; a slug or a code with an underscore is of nothing', () => {
  assert.equal(idKindOf(newId('listing')), 'listing');
  assert.equal(idKindOf(newId('payoutBatch')), 'payoutBatch');
  for (const text of ['', 'lst', 'lsts', 'blue-lamp', 'pmt_01', 'toString_1']) assert.equal(idKindOf(text), undefined);
});

test('text is an id of a kind when its schema takes it', () => {
  const id = newId('refund');
  assert.ok(isId('refund', id));
  assert.ok(!isId('payment', id));
  for (const text of ['ref_', 'ref_01', `${id}0`, ` ${id}`]) assert.ok(!isId('refund', text));
});

test('new ids are UUIDv7 of now, each greater than the one before, none twice', () => {
  const before = Date.now();
  const uuids = Array.from({ length: 20_000 }, newUuid);
  for (const uuid of uuids) assert.match(uuid, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.deepEqual(uuids.toSorted(), uuids);
  assert.equal(new Set(uuids).size, uuids.length);
  const madeAt = Number.parseInt((uuids[0] as string).replace('-', '').slice(0, 12), 16);
  assert.ok(madeAt >= before && madeAt <= Date.now());
});

test('the first UUID of a time lies between what was made before it and what is made from it on', () => {
  const uuid = newUuid();
  const madeAt = Number.parseInt(uuid.replace('-', '').slice(0, 12), 16);
  assert.ok(firstUuidOf(new Date(madeAt)) < uuid);
  assert.ok(firstUuidOf(new Date(madeAt + 1)) > uuid);
  assert.equal(NIL_UUID, '00000000-0000-0000-0000-000000000000');
});
