/** How many bits of a 32-bit word are set (H. S. Warren, Hacker's Delight, §5-1). */
export function popcount(word: number): number {
  let bits = (word | 0) - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Words of 32 bits that hold so many bits. */
export function wordsFor(bitCount: number): number {
  return (bitCount + 31) >>> 5;
}

export function hasBit(words: Uint32Array, bit: number): boolean {
  return ((words[bit >>> 5]! >>> (bit & 31)) & 1) === 1;
}

export function setBit(words: Uint32Array, bit: number): void {
  words[bit >>> 5] = words[bit >>> 5]! | (1 << (bit & 31));
}

export function clearBit(words: Uint32Array, bit: number): void {
  words[bit >>> 5] = words[bit >>> 5]! & ~(1 << (bit & 31));
}
