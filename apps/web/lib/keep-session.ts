import 'server-only';
import { cookies } from 'next/headers';
import { PRIVATE_COOKIE, SESSION_COOKIE } from './cookies.ts';

/** Keeps the session that the API answered: after signing in, and after changes that end the one before. */
export async function keepSession({ token, expiresTime }: { token: string; expiresTime: string }): Promise<void> {
  (await cookies()).set(SESSION_COOKIE, token, { ...PRIVATE_COOKIE, expires: new Date(expiresTime) });
}
