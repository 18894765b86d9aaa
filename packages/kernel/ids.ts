import { fromString, TypeID, toUUID } from 'typeid-js';
import { v7 } from 'uuid';
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
  offer: 'off',
  payment: 'pay',
  refund: 'ref',
  hold: 'hld',
  account: 'acc',
  transfer: 'trf',
  entry: 'ent',
  payout: 'pyo',
  coupon: 'cpn',
  campaign: 'cmp',
  notification: 'ntf',
  event: 'evt',
  audit: 'aud',
  release: 'rel',
} as const;

export type IdKind = keyof typeof ID_PREFIXES;

/** A prefixed id, branded by its kind, e.g. `lst_01k9…`. Text on the wire, UUIDv7 in the database. */
export type Id<Kind extends IdKind> = string & z.$brand<`${Kind}Id`>;

/**
 * The schema of one kind of id.
 * @example const ListingId = idSchema('listing'); type ListingId = Id<'listing'>;
 */
export function idSchema<Kind extends IdKind>(kind: Kind) {
  const prefix = ID_PREFIXES[kind];
  return z
    .string()
    .regex(new RegExp(`^${prefix}_[0-7][0-9a-hjkmnp-tv-z]{25}$`), `must be an id that begins with ${prefix}_`)
    .meta({ examples: [`${prefix}_01k9w6x8f0e5rbq2m3n4p5q6r7`] })
    .brand<`${Kind}Id`>();
}

/** A new id. Time-ordered (UUIDv7), so that indexes stay compact and lists sort by age. */
export function newId<Kind extends IdKind>(kind: Kind): Id<Kind> {
  return idFromUuid(kind, v7());
}

/** The id people see of a database UUID. */
export function idFromUuid<Kind extends IdKind>(kind: Kind, uuid: string): Id<Kind> {
  return TypeID.fromUUID<string>(ID_PREFIXES[kind], uuid).toString() as Id<Kind>;
}

/** The database UUID of an id people see. The id was validated at the border by its schema. */
export function uuidFromId(id: string): string {
  return toUUID(fromString(id));
}
