/** Of each id its newest, the first of equals: what is announced may come in any order and more than once. */
export function newestOf<Item, Version extends number | string>(
  items: Iterable<Item>,
  idOf: (item: Item) => string,
  versionOf: (item: Item) => Version,
): Item[] {
  const newest = new Map<string, Item>();
  for (const item of items) {
    const known = newest.get(idOf(item));
    if (known === undefined || versionOf(known) < versionOf(item)) newest.set(idOf(item), item);
  }
  return [...newest.values()];
}
