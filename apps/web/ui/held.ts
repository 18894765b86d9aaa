import { useLayoutEffect, useRef } from 'react';

const EVENT = 'plaza-held';

/**
 * For a part of a form that holds more than its fields do, such as pictures that were sent already: what it holds is there
 * again after the page was shown in another language. The element takes the properties.
 */
export function useHeld<Value>(value: Value, hold: (value: Value) => void) {
  const element = useRef<HTMLFieldSetElement>(null);
  const latest = useRef(hold);
  latest.current = hold;
  // Before the effects of the page, of which one tells it what it held.
  useLayoutEffect(() => {
    const listen = (event: Event) => latest.current((event as CustomEvent<Value>).detail);
    const { current } = element;
    current?.addEventListener(EVENT, listen);
    return () => current?.removeEventListener(EVENT, listen);
  }, []);
  return { ref: element, 'data-held': JSON.stringify(value) };
}

/** What the parts of a page hold, each by its place. */
export function heldIn(root: ParentNode): string[] {
  return partsOf(root).map(({ dataset }) => dataset.held ?? 'null');
}

/** Gives it to the same parts again; nothing where the page has others. */
export function holdAgain(root: ParentNode, held: readonly string[]): void {
  const parts = partsOf(root);
  if (parts.length !== held.length) return;
  parts.forEach((part, place) => {
    part.dispatchEvent(new CustomEvent(EVENT, { detail: JSON.parse(held[place] ?? 'null') }));
  });
}

function partsOf(root: ParentNode): HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>('[data-held]')];
}
