import 'server-only';
import { isId, type Money } from '@plaza/kernel';
import type { PlazaClient } from '@plaza/sdk';
import { unlessAway } from './api.ts';

/** What the API names at once. */
const NAMED_MAX = 200;
const NAMED = ['member', 'store', 'coupon', 'payment', 'refund'] as const;

export type SubjectName = {
  readonly name: string;
  readonly email: string | null;
  readonly slug: string | null;
  readonly amount: Money | null;
  readonly orderId: string | null;
};
export type SubjectNames = ReadonlyMap<string, SubjectName>;

/** What the members, stores, coupons, payments and refunds of a page are called, asked for at once. Without an answer their ids must do. */
export async function subjectNames(client: PlazaClient, ids: readonly (string | null)[]): Promise<SubjectNames> {
  const named = [...new Set(ids)]
    .filter((id) => id !== null)
    .filter((id) => NAMED.some((kind) => isId(kind, id)))
    .slice(0, NAMED_MAX);
  if (named.length === 0) return new Map();
  const found = await unlessAway(client.admin.listNames({ id: named }));
  return new Map(found?.items.map(({ id, ...called }) => [id, called]));
}
