import type { TokenFilter } from '../engine.ts';
import { Column } from './columns.ts';

/** The `key:value` facts of an index as numbers, and which document has which. */
export class Facts {
  readonly #ids = new Map<string, number>();
  readonly #values: string[] = [];
  readonly #keyOf = new Column(new Uint32Array(64));
  readonly #keys: string[] = [];
  readonly #keyIds = new Map<string, number>();
  readonly #byKey: number[][] = [];
  readonly #pool = new Column(new Uint32Array(1024));
  /** Where each document's facts begin in the pool; one entry more than documents. */
  readonly #starts = new Column(new Uint32Array(256));

  constructor() {
    this.#starts.push(0);
  }

  get count(): number {
    return this.#values.length;
  }

  /** Adds the next document's facts. */
  push(tokens: readonly string[]): void {
    for (const token of tokens) this.#pool.push(this.#idOf(token));
    this.#starts.push(this.#pool.length);
  }

  get pool(): Uint32Array {
    return this.#pool.raw;
  }

  get starts(): Uint32Array {
    return this.#starts.raw;
  }

  get keyOf(): Uint32Array {
    return this.#keyOf.raw;
  }

  keyId(key: string): number {
    return this.#keyIds.get(key) ?? -1;
  }

  key(id: number): string {
    return this.#keys[id] as string;
  }

  value(token: number): string {
    return this.#values[token] as string;
  }

  /** Facts that satisfy a filter; none means nothing can match. */
  matching({ key, values, ranges }: TokenFilter): number[] {
    const found = values.flatMap((value) => this.#ids.get(`${key}:${value}`) ?? []);
    if (ranges.length === 0) return found;
    for (const token of this.#byKey[this.keyId(key)] ?? []) {
      const number = Number(this.value(token));
      if (ranges.some(({ minimum, maximum }) => number >= (minimum ?? -Infinity) && number <= (maximum ?? Infinity)))
        found.push(token);
    }
    return found;
  }

  #idOf(token: string): number {
    const known = this.#ids.get(token);
    if (known !== undefined) return known;
    const id = this.#values.length;
    const separator = token.indexOf(':');
    const key = token.slice(0, separator);
    let keyId = this.#keyIds.get(key);
    if (keyId === undefined) {
      keyId = this.#keys.length;
      this.#keyIds.set(key, keyId);
      this.#keys.push(key);
      this.#byKey.push([]);
    }
    this.#ids.set(token, id);
    this.#values.push(token.slice(separator + 1));
    this.#keyOf.push(keyId);
    this.#byKey[keyId]?.push(id);
    return id;
  }
}
