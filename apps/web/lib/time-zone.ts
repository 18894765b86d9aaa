import { cache } from 'react';

/** By which clock this request tells the time; known once its marketplace is. */
const clock = cache((): { timeZone?: string } => ({}));

/** From now on the times of this request are those of where its marketplace is, not of where the server stands. */
export function tellTimeIn(timeZone: string): void {
  clock().timeZone = timeZone;
}

/** As an option of `Intl.DateTimeFormat`. */
export function ownTimeZone(): { readonly timeZone?: string } {
  return clock();
}
