import { idFromUuid } from '@plaza/kernel';

/** A handle made of a title: lower case, words joined by hyphens, letters of every script kept, marks of Latin ones dropped. */
export function handleFrom(title: string): string {
  const plain = title
    .normalize('NFD')
    .replace(/(?<=\p{Script=Latin})\p{M}+/gu, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/['’]/g, '');
  const words = plain.match(/[\p{Ll}\p{Lo}\p{Lm}\p{M}\p{N}]+/gu) ?? [];
  let handle = '';
  for (const word of words) {
    if (handle.length + word.length > 80) break;
    handle += handle === '' ? word : `-${word}`;
  }
  return handle === '' ? (words[0]?.slice(0, 80) ?? 'listing') : handle;
}

/** The handle of the n-th listing that would have this one: the first has it as it is. */
export function numberedHandle(handle: string, number: number): string {
  return number === 1 ? handle : `${handle}-${number}`;
}

/**
 * A listing's address in its marketplace: its handle and the last eight characters of its id (40 random bits), so that
 * equal handles of different stores need no lookup to stay apart.
 */
export function slugOf(handle: string, listingUuid: string): string {
  return `${handle}-${idFromUuid('listing', listingUuid).slice(-8)}`;
}
