import { worksWith } from '../../../domain/compatibility.ts';
import type { TokenFilter } from '../../engine.ts';
import { Column } from './columns.ts';

/** The `key:value` facts of an index as numbers. */
export class Facts {
  readonly #ids = new Map<string, number>();
  readonly #values: string[] = [];
  readonly #keyOf = new Column(new Uint32Array(64));
  readonly #keys: string[] = [];
  readonly #keyIds = new Map<string, number>();
  readonly #byKey: number[][] = [];

  get count(): number {
    return this.#values.length;
  }

  get keyOf(): Uint32Array {
    return this.#keyOf.raw;
  }

  keyId(key: string): number {
    return this.#keyIds.get(key) ?? -1;
  }

  key(id: number): string {
    return this.#keys[id]!;
  }

  value(fact: number): string {
    return this.#values[fact]!;
  }

  /** The fact as it came, `key:value`. */
  token(fact: number): string {
    return `${this.key(this.#keyOf.at(fact))}:${this.value(fact)}`;
  }

  /** All from one on, as they came, in order of their numbers. */
  tokensFrom(fact: number): string[] {
    return Array.from({ length: this.count - fact }, (_, i) => this.token(fact + i));
  }

  /** Facts that satisfy a filter; none means nothing can match. */
  matching({ key, values, ranges, works }: TokenFilter): number[] {
    const found = values.flatMap((value) => this.#ids.get(`${key}:${value}`) ?? []);
    const ofKey = this.#byKey[this.keyId(key)] ?? [];
    if (works !== undefined) return [...found, ...ofKey.filter((fact) => worksWith(this.value(fact), works))];
    if (ranges.length === 0) return found;
    for (const fact of ofKey) {
      const number = Number(this.value(fact));
      if (ranges.some(({ minimum, maximum }) => number >= (minimum ?? -Infinity) && number <= (maximum ?? Infinity)))
        found.push(fact);
    }
    return found;
  }

  /** The number of a fact, known or new. */
  idOf(token: string): number {
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
