import type { JudgedListing, JudgedQuery, JudgedSet } from '../judged-set.ts';
import { Choice } from './chance.ts';
import { type Item, itemOf, listingOf } from './items.ts';
import { gradeOf, KINDS } from './queries.ts';
import type { Language } from './things.ts';

const LISTINGS: Readonly<Record<Language, number>> = { en: 6_000, es: 1_500, th: 1_500 };
const QUERIES_OF_KIND = 100;

/** The set that is made for the purpose: the same each time for the same seed. */
export function madeSet(seed = 1): JudgedSet {
  const choice = new Choice(seed);
  const items: Item[] = [];
  const listings: JudgedListing[] = [];
  for (const [language, count] of Object.entries(LISTINGS) as [Language, number][])
    for (let i = 0; i < count; i++) {
      const item = itemOf(choice, language);
      listings.push(listingOf(item, `item-${items.length}`, choice));
      items.push(item);
    }
  const queries: JudgedQuery[] = [];
  const grades = new Map<string, Map<string, number>>();
  for (const { kind, language, ask } of KINDS) {
    const own = items.filter((item) => item.language === language);
    for (let made = 0; made < QUERIES_OF_KIND; ) {
      const asked = ask(choice.of(own), choice);
      if (asked === undefined) continue;
      const id = `${kind}-${made++}`;
      queries.push({ id, text: asked.text, kind });
      const judged = new Map<string, number>();
      items.forEach((item, i) => {
        const grade = gradeOf(asked.need, item);
        if (grade > 0) judged.set(`item-${i}`, grade);
      });
      grades.set(id, judged);
    }
  }
  return { name: `made for the purpose, seed ${seed}`, listings, queries, grades };
}
