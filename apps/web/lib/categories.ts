import type { Category } from './marketplace.ts';

/** Every category with its name after those above it, as a list to choose from: `Electronics › Phones`. */
export function categoryChoices(
  categories: readonly Category[],
  above = '',
): { readonly id: string; readonly name: string }[] {
  return categories.flatMap(({ id, name, children }) => {
    const full = above === '' ? name : `${above} › ${name}`;
    // What has categories below it is chosen by those.
    return children.length === 0 ? [{ id, name: full }] : categoryChoices(children, full);
  });
}

/** Whether listings of these categories, or of those below them, say which versions of programs they work with. */
export function hasVersions(categories: readonly Category[]): boolean {
  return categories.some(
    ({ attributes, children }) => attributes.some(({ versions }) => versions) || hasVersions(children),
  );
}

/** Countries by name in a language, as choices. */
export function countryChoices(
  countries: readonly string[],
  lang: string,
): { readonly id: string; readonly name: string }[] {
  const names = new Intl.DisplayNames([lang], { type: 'region' });
  return countries.map((id) => ({ id, name: names.of(id) ?? id }));
}
