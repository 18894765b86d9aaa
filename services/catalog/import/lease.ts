/** A process that did not finish a batch in this time is taken for dead. */
const LEASE_SECONDS = 60;

/** Until when an import that is held on now belongs to this process. */
export function leaseFrom(now: Date): Date {
  return new Date(now.getTime() + LEASE_SECONDS * 1000);
}

/** Another process holds the import now: what was done of this batch is not to be kept. */
export class TakenOver extends Error {
  override readonly name = 'TakenOver';
}
