import { closeSync, fsync, openSync, writeSync } from 'node:fs';
import { promisify } from 'node:util';
import { crc32 } from 'node:zlib';
import { type Footer, type SectionName, TRAILER_BYTES, TRAILER_WORD } from './segment-format.ts';

const CHUNK_BYTES = 256 * 1024;
const ALIGNMENT = 8;

/** Writes a segment file from its first byte to its trailer. Small writes are put together. */
export class SectionWriter {
  readonly #file: number;
  readonly #chunk = Buffer.alloc(CHUNK_BYTES);
  #filled = 0;
  #written = 0;
  #crc = 0;
  readonly #sections: Partial<Record<SectionName, { at: number; length: number; crc: number }>> = {};

  constructor(path: string) {
    this.#file = openSync(path, 'w');
  }

  /** Where the next byte will be. */
  get position(): number {
    return this.#written + this.#filled;
  }

  write(numbers: Uint8Array | Uint32Array | Float64Array): void {
    const bytes = Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength);
    this.#crc = crc32(bytes, this.#crc);
    if (bytes.length > CHUNK_BYTES - this.#filled) this.#flush();
    if (bytes.length > CHUNK_BYTES) {
      this.#writeThrough(bytes);
      return;
    }
    bytes.copy(this.#chunk, this.#filled);
    this.#filled += bytes.length;
  }

  /** The next section; its parts are written within `work`. */
  async section(name: SectionName, work: () => void | Promise<void>): Promise<void> {
    this.align(ALIGNMENT);
    const at = this.position;
    this.#crc = 0;
    await work();
    this.#sections[name] = { at, length: this.position - at, crc: this.#crc };
  }

  align(to: number): void {
    const rest = this.position % to;
    if (rest !== 0) this.write(new Uint8Array(to - rest));
  }

  /** Ends the file; resolves when it is on the disk. */
  async finish(about: Omit<Footer, 'sections'>): Promise<void> {
    const footer = Buffer.from(JSON.stringify({ ...about, sections: this.#sections }));
    const trailer = Buffer.alloc(TRAILER_BYTES);
    trailer.writeUInt32LE(footer.length, 0);
    trailer.writeUInt32LE(crc32(footer), 4);
    trailer.writeUInt32LE(TRAILER_WORD, 8);
    this.write(footer);
    this.write(trailer);
    this.#flush();
    // Not in this thread: a disk takes its time, and searches go on.
    await promisify(fsync)(this.#file);
  }

  close(): void {
    closeSync(this.#file);
  }

  #flush(): void {
    this.#writeThrough(this.#chunk.subarray(0, this.#filled));
    this.#filled = 0;
  }

  #writeThrough(bytes: Buffer): void {
    for (let count = 0; count < bytes.length; )
      count += writeSync(this.#file, bytes, count, bytes.length - count, this.#written + count);
    this.#written += bytes.length;
  }
}
