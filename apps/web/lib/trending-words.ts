import { categoryTrail, type Marketplace } from './marketplace.ts';
import { paths } from './paths.ts';

type Trends = {
  readonly searches: readonly { readonly query: string }[];
  readonly categories: readonly { readonly categoryId: string }[];
};

/** Searches and categories that trend, each with its page; a category the tree no longer has is left out. */
export function trendingWords(
  { searches, categories }: Trends,
  marketplace: Pick<Marketplace, 'categories'>,
  lang: string,
): { readonly text: string; readonly href: string }[] {
  return [
    ...searches.map(({ query }) => ({ text: query, href: paths.search(lang, query) })),
    ...categories.flatMap(({ categoryId }) => {
      const name = categoryTrail(marketplace.categories, categoryId).at(-1)?.name;
      return name === undefined ? [] : [{ text: name, href: paths.category(lang, categoryId) }];
    }),
  ];
}
