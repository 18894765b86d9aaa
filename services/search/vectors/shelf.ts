import type { Quantized } from '@plaza/runtime/models';
import { threadOf } from '@plaza/runtime/threads';
import type { Neighbor } from './vector-index.ts';

/** Vector indexes by name, in a thread of their own: comparing a hundred thousand vectors keeps nobody else waiting. */
export type Shelf = {
  /** Null: forgotten. */
  put(name: string, entries: readonly { readonly id: string; readonly codes: Quantized | null }[]): Promise<void>;
  nearest(name: string, vector: Float32Array, count: number): Promise<Neighbor[]>;
  /** Those nearest to one that is there, without it; undefined when it is not. */
  nearestTo(name: string, id: string, count: number): Promise<Neighbor[] | undefined>;
  drop(name: string): Promise<void>;
  close(): Promise<void>;
};

/** What the thread answers at once. */
export type ShelfMethods = {
  readonly [Method in Exclude<keyof Shelf, 'close'>]: (
    ...given: Parameters<Shelf[Method]>
  ) => Awaited<ReturnType<Shelf[Method]>>;
};

/** A shelf that begins empty, and is empty again after `onLost`. */
export function createShelf(onLost: () => void): Shelf {
  const thread = threadOf<ShelfMethods>(new URL('./shelf-worker.ts', import.meta.url), null, onLost);
  return {
    put: (...given) => thread.call('put', ...given),
    nearest: (...given) => thread.call('nearest', ...given),
    nearestTo: (...given) => thread.call('nearestTo', ...given),
    drop: (...given) => thread.call('drop', ...given),
    close: () => thread.close(),
  };
}
