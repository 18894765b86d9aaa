import { uuidFromId } from '@plaza/kernel';

/** Numbers of 32 bits that stand for one id. */
export const ID_NUMBERS = 4;
const BYTES = ID_NUMBERS * 4;

const TYPED = /_[0-7][0-9a-hjkmnp-tv-z]{25}$/;

/**
 * An id in 16 bytes, ordered as the texts are: the UUID of a typed id (TypeID 0.3, 26 letters of 5 bits), or a text of at
 * most 16 bytes. Ids decide between equal hits, so they are at hand for every document and must be small.
 */
export function idKey(id: string): Uint32Array {
  const bytes = TYPED.test(id) ? Buffer.from(uuidFromId(id).replaceAll('-', ''), 'hex') : Buffer.from(id);
  if (bytes.length > BYTES) throw new TypeError(`neither an id nor a text of ${BYTES} bytes: ${id}`);
  const key = new Uint32Array(ID_NUMBERS);
  bytes.forEach((byte, i) => {
    key[i >>> 2] = key[i >>> 2]! | (byte << (24 - 8 * (i & 3)));
  });
  return key;
}

/** Compares the key at one place of a column with that at a place of another: positive when the first is greater. */
export function compareIdKeys(a: Uint32Array, aSlot: number, b: Uint32Array, bSlot: number): number {
  for (let i = 0; i < ID_NUMBERS; i++) {
    const difference = a[aSlot * ID_NUMBERS + i]! - b[bSlot * ID_NUMBERS + i]!;
    if (difference !== 0) return difference;
  }
  return 0;
}
