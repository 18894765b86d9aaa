import { answerCalls } from '@plaza/runtime/threads';
import type { ShelfMethods } from './shelf.ts';
import { createVectorIndex, type VectorIndex } from './vector-index.ts';

/* The thread that holds the vectors. */

const indexes = new Map<string, VectorIndex>();

const shelf: ShelfMethods = {
  put(name, entries) {
    for (const { id, codes } of entries) {
      if (codes === null) indexes.get(name)?.remove(id);
      else indexOf(name, codes.length).put(id, codes);
    }
  },
  nearest: (name, vector, count) => indexes.get(name)?.nearest(vector, count) ?? [],
  nearestTo(name, id, count) {
    const index = indexes.get(name);
    const vector = index?.find(id);
    return vector === undefined ? undefined : index?.nearest(vector, count, (other) => other !== id);
  },
  drop(name) {
    indexes.delete(name);
  },
};

function indexOf(name: string, dimensions: number): VectorIndex {
  const index = indexes.get(name) ?? createVectorIndex(dimensions);
  indexes.set(name, index);
  return index;
}

answerCalls(shelf);
