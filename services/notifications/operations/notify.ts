import type { identityContract } from '@plaza/identity/contract';
import type { Client, Context } from '@plaza/kernel';
import type { MarketplaceSettings } from '@plaza/kernel/marketplace';
import type { Platform, Transaction } from '@plaza/runtime';
import type { News } from '../domain/message.ts';
import { channelsOf, isOptional, offeredFor, type Refused } from '../domain/settings.ts';
import { fill } from '../domain/template.ts';
import { notificationCreated } from '../events.ts';
import { insertLetters, type NewLetter } from '../store/letter.ts';
import { insertNotifications } from '../store/notification.ts';
import { findRefused } from '../store/setting.ts';
import type { Templates } from '../templates.ts';
import { guestOf, membersOf } from './people.ts';
import type { Post } from './post.ts';
import { claimedUntil } from './send-letters.ts';
import { type Told, valuesOf, writeLetters } from './write-letters.ts';

export type Dependencies = {
  readonly platform: Platform;
  readonly templates: Templates;
  readonly identity: Pick<Client<typeof identityContract>, 'getMembers' | 'listMembers'>;
  readonly post: Pick<Post, 'takes' | 'take' | 'wake'>;
};

/** What one person is told of one event. `eventKey`: of one event and template, once. */
type Telling = Told & { readonly eventKey: string };

/**
 * Tells people: into the inbox, and by the channels that the marketplace chose for the topic. A message for which there
 * is no template is none: a process may have states that nobody needs to hear of. Said once by event. Many messages take
 * as many statements as one.
 */
export async function notify(
  dependencies: Dependencies,
  { tx, context }: { tx: Transaction; context: Context },
  news: readonly News[],
): Promise<void> {
  const { platform } = dependencies;
  const settings = platform.marketplaces.get(tx.marketplaceId);
  const told = await tellings(dependencies, { tx, context }, settings, news);
  const now = platform.clock();
  const isNew = await putIntoInboxes(tx, told, now);
  const letters = told.filter(isNew).flatMap((each) => writeLetters(dependencies, settings, each));
  if (letters.length > 0) await send(dependencies, tx, letters, now);
}

/** Who is told what, in their language, and by which channels. */
async function tellings(
  { platform, templates, identity }: Dependencies,
  { tx, context }: { tx: Transaction; context: Context },
  settings: MarketplaceSettings,
  news: readonly News[],
): Promise<Telling[]> {
  const said = news.filter(({ message }) => templates.find(settings.id, message.template, 'en') !== undefined);
  const members = await membersOf(identity, settings, said, context);
  const refusals = await refusalsOf(tx, settings, said);
  return said.flatMap(({ eventId, message }) => {
    const { to } = message;
    const person = 'memberId' in to ? members.get(to.memberId) : guestOf(settings, to);
    const template = person && templates.find(settings.id, message.template, person.locale);
    if (person === undefined || template === undefined) return [];
    const link = `${platform.publicUrl(settings.id)}/${person.locale}${message.path}`;
    const values = valuesOf(settings, person, message);
    const channels = channelsOf(message, offeredFor(settings, message.topic), {
      refused: refusals.get(person.memberId ?? '') ?? NOTHING,
      hasEmail: person.email !== null,
    });
    const eventKey = `${eventId}:${message.template}`;
    return [{ eventKey, message, channels, person, link, values, ...fill(template, values) }];
  });
}

/** Answers who was not told before, which the inbox knows: of members, for guests have none. */
async function putIntoInboxes(
  tx: Transaction,
  told: readonly Telling[],
  now: Date,
): Promise<(telling: Telling) => boolean> {
  const made = await insertNotifications(
    tx,
    told.flatMap(({ eventKey, message: { topic, path }, channels, person: { memberId }, subject, text }) =>
      memberId === undefined
        ? []
        : [{ memberId, eventKey, topic, title: subject, text, path, isShown: channels.includes('inbox') }],
    ),
    now,
  );
  for (const { id, memberId, topic } of made.filter(({ isShown }) => isShown))
    await tx.announce(notificationCreated, id, { notificationId: id, memberId, topic });
  const isMade = new Set(made.map(({ memberId, eventKey }) => `${memberId} ${eventKey}`));
  return ({ person: { memberId }, eventKey }) => memberId === undefined || isMade.has(`${memberId} ${eventKey}`);
}

/** Hands letters to the post of this process if it can take them, else to whoever looks for some. */
async function send({ post }: Dependencies, tx: Transaction, letters: readonly NewLetter[], now: Date): Promise<void> {
  const { marketplaceId } = tx;
  const isTaken = post.takes(marketplaceId, letters.length);
  const written = await insertLetters(tx, letters, { now, ...(isTaken ? { claimedUntil: claimedUntil(now) } : {}) });
  tx.afterCommit(() => {
    if (isTaken) post.take(marketplaceId, written);
    else post.wake(marketplaceId);
  });
}

const NOTHING: Refused = new Set();

/** What members go without, of those who are told something that they may go without. */
async function refusalsOf(
  tx: Transaction,
  settings: MarketplaceSettings,
  news: readonly News[],
): Promise<Map<string, Refused>> {
  const spare = news.filter(
    ({ message }) => isOptional(message) || offeredFor(settings, message.topic).includes('sms'),
  );
  const ids = new Set(spare.flatMap(({ message: { to } }) => ('memberId' in to ? [to.memberId] : [])));
  return findRefused(tx, [...ids]);
}
