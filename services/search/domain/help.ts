import type { LocalizedText } from '@plaza/kernel';
import { trigramsOf } from './spelling.ts';
import type { SearchTree } from './tree.ts';
import { fold, wordsOf } from './words.ts';

export type NamedCategory = { readonly id: string; readonly name: LocalizedText };

/** How alike a name and a query must be, by their pieces of three letters (Dice's coefficient). */
const ALIKE_MIN = 0.3;

/** Categories whose names begin as the last word does and have the others, in any language; those with shorter names first. */
export function categoriesBeginning(tree: SearchTree, text: string, limit: number): NamedCategory[] {
  const typed = wordsOf(text).map(({ surface }) => surface);
  if (typed.length === 0) return [];
  const matches = (name: string): boolean => {
    const words = wordsOf(name).map(({ surface }) => surface);
    return typed.every((each) => words.some((word) => word.startsWith(each)));
  };
  return [...tree.categoryNames]
    .filter(([, name]) => Object.values(name).some(matches))
    .map(([id, name]) => ({ id, name }))
    .sort((a, b) => nameLength(a) - nameLength(b))
    .slice(0, limit);
}

/** Categories whose names look like the query, most alike first. */
export function categoriesLike(tree: SearchTree, text: string, limit: number): NamedCategory[] {
  const pieces = new Set(trigramsOf(fold(text)));
  return [...tree.categoryNames]
    .map(([id, name]) => ({ id, name, alike: Math.max(...Object.values(name).map((each) => dice(pieces, each))) }))
    .filter(({ alike }) => alike >= ALIKE_MIN)
    .sort((a, b) => b.alike - a.alike)
    .slice(0, limit)
    .map(({ id, name }) => ({ id, name }));
}

function dice(pieces: ReadonlySet<string>, name: string): number {
  const others = new Set(trigramsOf(fold(name)));
  let shared = 0;
  for (const piece of others) if (pieces.has(piece)) shared++;
  return (2 * shared) / (pieces.size + others.size || 1);
}

function nameLength({ name }: NamedCategory): number {
  return Math.min(...Object.values(name).map((each) => each.length));
}
