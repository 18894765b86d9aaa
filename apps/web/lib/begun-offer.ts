import 'server-only';
import { cookies } from 'next/headers';
import { PRIVATE_COOKIE } from './cookies.ts';

/** What a guest had typed of an offer before they signed in. */
export type BegunOffer = { readonly price?: string; readonly message?: string };

const BEGUN_OFFER_COOKIE = 'plaza_begun_offer';
/** As long as signing up and opening the mail may take. */
const KEPT_SECONDS = 1_800;

/** Keeps it for the listing. Not in the address: that is logged, and what people write to each other is theirs. */
export async function keepBegunOffer(slug: string, typed: BegunOffer): Promise<void> {
  // A third of what a cookie's own way of writing letters beyond ASCII would take, so that the longest message fits.
  const value = Buffer.from(JSON.stringify({ slug, ...typed })).toString('base64url');
  (await cookies()).set(BEGUN_OFFER_COOKIE, value, { ...PRIVATE_COOKIE, maxAge: KEPT_SECONDS });
}

/** What was begun for the listing; nothing for any other. */
export async function begunOffer(slug: string): Promise<BegunOffer> {
  const kept = (await cookies()).get(BEGUN_OFFER_COOKIE)?.value;
  if (kept === undefined) return {};
  try {
    const { slug: of, ...typed } = JSON.parse(Buffer.from(kept, 'base64url').toString());
    return of === slug ? typed : {};
  } catch {
    // Not written by us.
    return {};
  }
}

export async function forgetBegunOffer(): Promise<void> {
  (await cookies()).delete(BEGUN_OFFER_COOKIE);
}
