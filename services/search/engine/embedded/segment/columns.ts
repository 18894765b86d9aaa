/** A column of numbers that grows by doubling. */
export class Column<Numbers extends Uint8Array | Uint32Array | Float64Array> {
  #numbers: Numbers;
  length = 0;

  constructor(empty: Numbers) {
    this.#numbers = empty;
  }

  push(value: number): void {
    if (this.length === this.#numbers.length) {
      const Kind = this.#numbers.constructor as new (length: number) => Numbers;
      const larger = new Kind(Math.max(4, this.length * 2));
      larger.set(this.#numbers);
      this.#numbers = larger;
    }
    this.#numbers[this.length++] = value;
  }

  /** The numbers themselves, for loops: valid until the next `push`, meaningful below `length`. */
  get raw(): Numbers {
    return this.#numbers;
  }

  at(index: number): number {
    return this.#numbers[index]!;
  }

  set(index: number, value: number): void {
    this.#numbers[index] = value;
  }
}
