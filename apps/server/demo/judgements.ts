import type { Client } from '@plaza/kernel';
import type { searchContract } from '@plaza/search/contract';
import { memberContext, type Street } from './orders.ts';

/** What judging the demo's searches needs of search. */
export type DemoJudging = Pick<Client<typeof searchContract>, 'listJudgedQueries' | 'gradeResults'>;

/** What visitors look for, as titles say it. */
const SEARCHES: Readonly<Record<string, readonly string[]>> = {
  bazaar: ['lamp', 'chair'],
  gamarriando: ['lámpara', 'silla'],
  jaikod: ['กระเป๋า', 'มือถือ'],
  temuhash: ['chest', 'trees'],
};
const MEANT = 3;
const NEAR = 1;
/** Graded of one search. */
const GRADED_MAX = 20;

/** The demo's admin has judged a few searches: what is called so is meant, what stands beside it is near. Once; whoever judged goes before. */
export async function seedJudgements(street: Street, search: DemoJudging): Promise<void> {
  const { settings, context, accounts, stores } = street;
  const admin = memberContext(context, accounts.admin, ['admin']);
  const { items } = await search.listJudgedQueries({ limit: 1 }, admin);
  if (items.length > 0) return;
  const listings = stores.flatMap(({ store, listings: ids }) =>
    store.listings.flatMap(({ title, category, handle }) => {
      const found = ids.get(handle);
      return found === undefined ? [] : [{ title: title.toLowerCase(), category, listingId: found.id }];
    }),
  );
  for (const query of SEARCHES[settings.id] ?? []) {
    const meant = listings.filter(({ title }) => title.includes(query));
    const categories = new Set(meant.map(({ category }) => category));
    const near = listings.filter((each) => !meant.includes(each) && categories.has(each.category));
    const grades = [
      ...meant.map(({ listingId }) => ({ listingId, grade: MEANT })),
      ...near.map(({ listingId }) => ({ listingId, grade: NEAR })),
    ].slice(0, GRADED_MAX);
    if (grades.length > 0) await search.gradeResults({ query, grades }, admin);
  }
}
