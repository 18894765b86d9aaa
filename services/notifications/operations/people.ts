import type { identityContract } from '@plaza/identity/contract';
import { asService, type Client, type Context, everyPage, type Locale, type MemberId } from '@plaza/kernel';
import type { MarketplaceSettings } from '@plaza/kernel/marketplace';
import type { News, Recipient } from '../domain/message.ts';

/** Somebody who is told something: a member, or, without `memberId`, a guest. */
export type Person = {
  readonly name: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly locale: Locale;
  readonly memberId?: MemberId;
};

/** Most members whose names and addresses are asked for at once. */
const MEMBERS_MAX = 200;

/** Everybody with an account among those who are to be told, by member id. */
export async function membersOf(
  identity: Pick<Client<typeof identityContract>, 'getMembers'>,
  settings: MarketplaceSettings,
  news: readonly News[],
  context: Context,
): Promise<Map<string, Person>> {
  const ids = new Set(news.flatMap(({ message: { to } }) => ('memberId' in to ? [to.memberId] : [])));
  const people = new Map<string, Person>();
  for (let rest = [...ids]; rest.length > 0; rest = rest.slice(MEMBERS_MAX)) {
    const memberIds = rest.slice(0, MEMBERS_MAX);
    const { items } = await identity.getMembers({ memberIds }, asService('notifications', context));
    for (const { id, displayName: name, email, phone, locale } of items)
      people.set(id, { memberId: id, name, email, phone, locale: localeFor(settings, locale) });
  }
  return people;
}

/** Everybody who runs the marketplace. */
export async function adminsOf(
  identity: Pick<Client<typeof identityContract>, 'listMembers'>,
  context: Context,
): Promise<MemberId[]> {
  const own = asService('notifications', context);
  const admins: MemberId[] = [];
  for await (const { items } of everyPage((place) =>
    identity.listMembers({ role: 'admin', limit: 100, ...place }, own),
  ))
    admins.push(...items.map(({ id }) => id));
  return admins;
}

export function guestOf(
  settings: MarketplaceSettings,
  { email, locale, name }: Extract<Recipient, { email: string }>,
): Person {
  return { email, name, phone: null, locale: localeFor(settings, locale) };
}

function localeFor({ locales }: MarketplaceSettings, wanted: string): Locale {
  return locales.find((locale) => locale === wanted) ?? (locales[0] as Locale);
}
