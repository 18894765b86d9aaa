/** Bits a member; with seven hashes one in a hundred new members is taken for seen. */
const BITS_EACH = 10;
const HASHES = 7;
const FIRST_CAPACITY = 10_000;
/** A filter of this many members is the last: 80 million bits are 10 MB. */
const CAPACITY_MAX = 8_000_000;

type Filter = { readonly bits: Uint8Array; readonly capacity: number; count: number };

/**
 * Tells what was seen before without keeping it: Bloom filters, each twice as large as the one before it (P. Almeida et al.,
 * Scalable Bloom filters, 2007). Never says "new" twice of the same; rarely "seen" of what is new, so a count by it is a
 * little low. Ten thousand people's acts a second stay within some megabytes, and no one can be read out of it.
 */
export class SeenOnce {
  readonly #filters: Filter[] = [filterFor(FIRST_CAPACITY)];

  /** True the first time. */
  isNew(text: string): boolean {
    const [a, b] = hashesOf(text);
    for (const filter of this.#filters) if (holds(filter, a, b)) return false;
    let last = this.#filters.at(-1) as Filter;
    if (last.count >= last.capacity && last.capacity < CAPACITY_MAX) {
      last = filterFor(Math.min(CAPACITY_MAX, last.capacity * 2));
      this.#filters.push(last);
    }
    mark(last, a, b);
    last.count++;
    return true;
  }
}

function filterFor(capacity: number): Filter {
  return { bits: new Uint8Array(Math.ceil((capacity * BITS_EACH) / 8)), capacity, count: 0 };
}

function holds({ bits }: Filter, a: number, b: number): boolean {
  for (let hash = 0; hash < HASHES; hash++) {
    const bit = (a + hash * b) % (bits.length * 8);
    if ((bits[bit >>> 3]! & (1 << (bit & 7))) === 0) return false;
  }
  return true;
}

function mark({ bits }: Filter, a: number, b: number): void {
  for (let hash = 0; hash < HASHES; hash++) {
    const bit = (a + hash * b) % (bits.length * 8);
    bits[bit >>> 3] = bits[bit >>> 3]! | (1 << (bit & 7));
  }
}

/** Two hashes, from which all others are made (A. Kirsch, M. Mitzenmacher, Less hashing, same performance, 2006). */
function hashesOf(text: string): [number, number] {
  let a = 0x811c9dc5;
  let b = 0x9e3779b1;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul(b ^ unit, 0x85ebca6b);
    b ^= b >>> 13;
  }
  return [mixed(a), (mixed(b) | 1) >>> 0];
}

/** MurmurHash3's last step (A. Appleby, public domain): every bit of the outcome depends on every bit given. */
function mixed(hash: number): number {
  let value = hash ^ (hash >>> 16);
  value = Math.imul(value, 0x85ebca6b);
  value ^= value >>> 13;
  value = Math.imul(value, 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
