import { randomFillSync } from 'node:crypto';
import { z } from 'zod';

/** Prefixes of the ids people see (TypeID, https://github.com/jetify-com/typeid). Public API: add, never rename. */
export const ID_PREFIXES = {
  member: 'mem',
  address: 'adr',
  session: 'ses',
  store: 'sto',
  listing: 'lst',
  variant: 'var',
  category: 'cat',
  asset: 'ast',
  upload: 'upl',
  file: 'fil',
  reservation: 'rsv',
  importJob: 'imp',
  cart: 'crt',
  cartLine: 'crl',
  checkout: 'chk',
  order: 'ord',
  orderLine: 'orl',
  shipmentGroup: 'shg',
  license: 'lic',
  evidence: 'evi',
  offer: 'off',
  document: 'doc',
  payment: 'pay',
  refund: 'ref',
  chargeback: 'cbk',
  return: 'ret',
  hold: 'hld',
  account: 'acc',
  transfer: 'trf',
  entry: 'ent',
  payout: 'pyo',
  difference: 'dif',
  payoutAccount: 'pac',
  payoutBatch: 'pba',
  payback: 'pbk',
  coupon: 'cpn',
  campaign: 'cmp',
  notification: 'ntf',
  visitor: 'vis',
  savedSearch: 'svs',
  event: 'evt',
  audit: 'aud',
  release: 'rel',
  savedMethod: 'smd',
  review: 'rev',
  subscription: 'sub',
  subscriptionInvoice: 'sin',
} as const;

export type IdKind = keyof typeof ID_PREFIXES;

/** A prefixed id, branded by its kind, e.g. `lst_01k9…`. Text on the wire, UUIDv7 in the database. */
export type Id<Kind extends IdKind> = string & z.$brand<`${Kind}Id`>;

const KINDS: ReadonlyMap<string, IdKind> = new Map(
  Object.entries(ID_PREFIXES).map(([kind, prefix]) => [prefix, kind as IdKind]),
);
const PATTERNS = Object.fromEntries(
  Object.entries(ID_PREFIXES).map(([kind, prefix]) => [kind, new RegExp(`^${prefix}_[0-7][0-9a-hjkmnp-tv-z]{25}$`)]),
) as Readonly<Record<IdKind, RegExp>>;

/** Whether `text`, which anyone may have written, is an id of this kind. */
export function isId<Kind extends IdKind>(kind: Kind, text: string): text is Id<Kind> {
  return PATTERNS[kind].test(text);
}

/** What an id is of, told by its prefix alone; undefined for what is no id of ours, such as a slug. */
export function idKindOf(id: string): IdKind | undefined {
  const end = id.indexOf('_');
  return end < 0 ? undefined : KINDS.get(id.slice(0, end));
}

/**
 * The schema of one kind of id.
 * @example const ListingId = idSchema('listing'); type ListingId = Id<'listing'>;
 */
export function idSchema<Kind extends IdKind>(kind: Kind) {
  const prefix = ID_PREFIXES[kind];
  return z
    .string()
    .regex(PATTERNS[kind], `must be an id that begins with ${prefix}_`)
    .meta({ examples: [`${prefix}_01k9w6x8f0e5rbq2m3n4p5q6r7`] })
    .brand<`${Kind}Id`>();
}

/** The UUID in hand. Ids are made and read by the thousand a second: each step here writes where the last one did. */
const bytes = Buffer.alloc(16);
const uuidText = Buffer.from('00000000-0000-0000-0000-000000000000', 'latin1');
const suffixText = Buffer.alloc(26);

/** Random bytes drawn at once: drawing sixteen takes as long as drawing thousands. */
const randomBytes = Buffer.alloc(4_096);
let randomAt = randomBytes.length;
let lastMs = 0;
let sequence = 0;

/**
 * A new UUIDv7 (RFC 9562, method 2: a counter behind the milliseconds), greater than every one made here before.
 * 32 bits of it count within a millisecond, from a random start; 42 are random.
 */
export function newUuid(): string {
  if (randomAt + 10 > randomBytes.length) {
    randomFillSync(randomBytes);
    randomAt = 0;
  }
  const from = randomAt;
  randomAt += 10;
  const now = Date.now();
  if (now > lastMs) {
    lastMs = now;
    sequence = randomBytes.readUInt32BE(from + 6) >>> 1;
  } else if (++sequence > 0xffff_ffff) {
    lastMs++;
    sequence = 0;
  }
  bytes.writeUIntBE(lastMs, 0, 6);
  bytes[6] = 0x70 | (sequence >>> 28);
  bytes[7] = sequence >>> 20;
  bytes[8] = 0x80 | ((sequence >>> 14) & 0x3f);
  bytes[9] = sequence >>> 6;
  bytes[10] = (sequence << 2) | ((randomBytes[from] as number) & 3);
  for (let at = 1; at < 6; at++) bytes[10 + at] = randomBytes[from + at] as number;
  return textOfBytes();
}

/** The smallest UUID of a time: what is made by `newUuid` at `time` or later is not below it. @param time not before 1970 */
export function firstUuidOf(time: Date): string {
  const hex = time.getTime().toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}

/** The UUID below every other (RFC 9562 §5.9): where a walk through a table in the order of its ids begins. */
export const NIL_UUID = firstUuidOf(new Date(0));

/** A new id. Time-ordered (UUIDv7), so that indexes stay compact and lists sort by age. */
export function newId<Kind extends IdKind>(kind: Kind): Id<Kind> {
  return idFromUuid(kind, newUuid());
}

/** Crockford's base32 in lower case, as TypeID 0.3 has it. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const LETTERS = Buffer.from(ALPHABET, 'latin1');
/** The value of each letter, by its character code. */
const VALUES: readonly (number | undefined)[] = Array.from({ length: 123 }, (_, code) => {
  const value = LETTERS.indexOf(code);
  return value < 0 ? undefined : value;
});
const SUFFIX_LENGTH = suffixText.length;
const HEX_DIGITS = Buffer.from('0123456789abcdef', 'latin1');
/** The value of each hexadecimal digit, by its character code. */
const HEX: readonly (number | undefined)[] = Array.from({ length: 103 }, (_, code) => {
  const digit = '0123456789abcdef'.indexOf(String.fromCharCode(code).toLowerCase());
  return digit < 0 ? undefined : digit;
});

/**
 * The id people see of a database UUID: 26 letters of 5 bits hold its 128 bits after two zero bits. Written here because
 * a page of 20 listings makes 40 ids, and the library took longer for them than the database for the page.
 */
export function idFromUuid<Kind extends IdKind>(kind: Kind, uuid: string): Id<Kind> {
  let length = 0;
  let bits = 0;
  let count = 2;
  let digits = 0;
  for (let at = 0; at < uuid.length; at++) {
    const digit = HEX[uuid.charCodeAt(at)];
    if (digit === undefined) continue;
    digits++;
    bits = ((bits << 4) | digit) & 0xff;
    count += 4;
    if (count < 5) continue;
    count -= 5;
    suffixText[length++] = LETTERS[(bits >> count) & 31] as number;
  }
  if (digits !== 32) throw new TypeError(`not a UUID: ${uuid}`);
  return `${ID_PREFIXES[kind]}_${suffixText.toString('latin1')}` as Id<Kind>;
}

/** One letter a byte, to be typed in by people: Crockford's digits and capitals, of which none is taken for another. */
export function typeableCode(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => ALPHABET.charAt(byte % ALPHABET.length).toUpperCase()).join('');
}

/** The database UUID of an id people see. The id was validated at the border by its schema. */
export function uuidFromId(id: string): string {
  const begin = id.lastIndexOf('_') + 1;
  let bits = 0;
  let count = -2;
  let at = 0;
  for (let place = begin; place < id.length; place++) {
    const value = VALUES[id.charCodeAt(place)];
    if (value === undefined) throw new TypeError(`not an id: ${id}`);
    bits = (bits << 5) | value;
    count += 5;
    if (count < 8) continue;
    count -= 8;
    bytes[at++] = bits >> count;
    bits &= (1 << count) - 1;
  }
  if (id.length - begin !== SUFFIX_LENGTH) throw new TypeError(`not an id: ${id}`);
  return textOfBytes();
}

/** The UUID in `bytes` as text. */
function textOfBytes(): string {
  let at = 0;
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index] as number;
    uuidText[at++] = HEX_DIGITS[byte >> 4] as number;
    uuidText[at++] = HEX_DIGITS[byte & 15] as number;
    if (index === 3 || index === 5 || index === 7 || index === 9) at++;
  }
  return uuidText.toString('latin1');
}
