/** Resolves when the thread may work on: what others wait for is done between two slices of work. */
export type Pause = () => Promise<void> | undefined;

/** How long work in the background keeps the thread from a search. */
const SLICE_MS = 4;

/** Long work asks for a pause between its steps: it gets one when its slice of time is used up. */
export function slices(isEnded: () => boolean): Pause {
  let endMs = performance.now() + SLICE_MS;
  return () => {
    if (isEnded()) throw new Ended();
    if (performance.now() < endMs) return undefined;
    return new Promise((resolve) =>
      setImmediate(() => {
        endMs = performance.now() + SLICE_MS;
        resolve();
      }),
    );
  };
}

/** Thrown within work that is no longer wanted. */
export class Ended extends Error {}
