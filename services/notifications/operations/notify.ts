import type { identityContract } from '@plaza/identity/contract';
import {
  asService,
  type Client,
  type Context,
  formatMoney,
  type Locale,
  type LocalizedText,
  localize,
  type MemberId,
  type Money,
} from '@plaza/kernel';
import type { MarketplaceSettings } from '@plaza/kernel/marketplace';
import type { Platform, Transaction } from '@plaza/runtime';
import type { Topic } from '../contract.ts';
import { channelsOf, isOptional, offeredFor, type Refused } from '../domain/settings.ts';
import { fill, htmlOf, type Template, type Values } from '../domain/template.ts';
import { notificationCreated } from '../events.ts';
import { insertLetters, type NewLetter } from '../store/letter.ts';
import { insertNotifications } from '../store/notification.ts';
import { findRefused } from '../store/setting.ts';
import type { Templates } from '../templates.ts';
import type { Post } from './post.ts';
import { claimedUntil } from './send-letters.ts';

export type Dependencies = {
  readonly platform: Platform;
  readonly templates: Templates;
  readonly identity: Pick<Client<typeof identityContract>, 'getMembers'>;
  readonly post: Pick<Post, 'takes' | 'take' | 'wake'>;
};

/** Who is told: a member, or somebody without an account by mail alone. */
export type Recipient =
  | { readonly memberId: MemberId }
  | { readonly email: string; readonly locale: string; readonly name: string };

/** One message about one event. `path` is below the language: `/account/orders`. */
export type Message = {
  readonly template: string;
  readonly topic: Topic;
  readonly to: Recipient;
  readonly path: string;
  readonly values?: Values;
  readonly amount?: Money;
  /** Values in the language of who is told, and times as dates on the marketplace's calendar. */
  readonly texts?: Readonly<Record<string, LocalizedText>>;
  readonly dates?: Readonly<Record<string, string>>;
  readonly asked?: Asked;
  readonly stop?: Stop;
};

/** Of a message that its member asked for: it goes by mail whatever the topic's channels are. */
export type Asked = {
  /** What the mail says instead of the message's text: paragraphs, some of whose lines are pages below `home`. */
  details(locale: Locale, home: string): { readonly paragraphs: readonly string[]; readonly links: readonly string[] };
};

/** How mails that nobody needs are ended. They never go by SMS, which could not be ended so. */
export type Stop = {
  /** The template that says so below the mail. */
  readonly template: string;
  /** The page that ends these mails, below the language. */
  readonly path: string;
  /** What takes the POST of a mail program, below the site. */
  readonly url: string;
};

type Person = { name: string; email: string | null; phone: string | null; locale: Locale; memberId?: MemberId };

/** A message and what it is about: of one event and template, a person is told once. */
export type News = { readonly eventId: string; readonly message: Message };

/** Most members whose names and addresses are asked for at once. */
const MEMBERS_MAX = 200;

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
  const { platform, templates } = dependencies;
  const settings = platform.marketplaces.get(tx.marketplaceId);
  const said = news.filter(({ message }) => templates.find(settings.id, message.template, 'en') !== undefined);
  const members = await membersOf(dependencies, settings, said, context);
  const refusals = await refusalsOf(tx, settings, said);
  const told = said.flatMap(({ eventId, message }) => {
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

  const now = platform.clock();
  const inboxed = await insertNotifications(
    tx,
    told.flatMap(({ eventKey, message: { topic, path }, channels, person: { memberId }, subject, text }) =>
      memberId === undefined
        ? []
        : [{ memberId, eventKey, topic, title: subject, text, path, isShown: channels.includes('inbox') }],
    ),
    now,
  );
  for (const { id, memberId, topic } of inboxed.filter(({ isShown }) => isShown))
    await tx.announce(notificationCreated, id, { notificationId: id, memberId, topic });

  const isNew = new Set(inboxed.map(({ memberId, eventKey }) => `${memberId} ${eventKey}`));
  const letters = told
    .filter(({ person: { memberId }, eventKey }) => memberId === undefined || isNew.has(`${memberId} ${eventKey}`))
    .flatMap(({ message, channels, person, link, values, subject, text }): NewLetter[] => {
      const written: NewLetter[] = [];
      if ((channels.includes('email') || message.asked !== undefined) && person.email !== null) {
        const mail = mailOf(dependencies, settings, { message, person, link, values, subject, text });
        written.push({ channel: 'email', recipient: person.email, subject, ...mail });
      }
      if (channels.includes('sms') && person.phone !== null && message.stop === undefined) {
        const short = `${localize(settings.name, person.locale)}: ${subject}`;
        written.push({
          channel: 'sms',
          recipient: person.phone,
          subject,
          text: short,
          html: null,
          unsubscribeUrl: null,
        });
      }
      return written;
    });
  if (letters.length === 0) return;
  const isTaken = dependencies.post.takes(settings.id, letters.length);
  const claim = isTaken ? { claimedUntil: claimedUntil(now) } : {};
  const written = await insertLetters(tx, letters, { now, ...claim });
  tx.afterCommit(() => {
    if (isTaken) dependencies.post.take(settings.id, written);
    else dependencies.post.wake(settings.id);
  });
}

type Told = Template & {
  readonly message: Message;
  readonly person: Person;
  readonly link: string;
  readonly values: Values;
};

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

/** Where members choose what is mailed to them, below the language. */
const CHOICE_PATH = '/account/notifications/settings';

/** What is said, in the frame of all mails; of mails that can be ended also how. */
function mailOf(
  { platform, templates }: Dependencies,
  { id }: MarketplaceSettings,
  { message, person: { locale, memberId }, link, values, subject, text }: Told,
): Pick<NewLetter, 'text' | 'html' | 'unsubscribeUrl'> {
  const { asked, stop } = message;
  const site = platform.publicUrl(id);
  const details = asked?.details(locale, `${site}/${locale}`);
  const said = details?.paragraphs.join('\n\n') ?? text;
  const framed = (name: string, more: Values) => {
    const template = templates.find(id, name, locale);
    return template === undefined ? said : fill(template, { ...values, ...more }).text;
  };
  const body = framed('frame', { subject, text: said, link });
  const links = [link, ...(details?.links ?? [])];
  const isChosen = memberId !== undefined && isOptional(message);
  const foot = stop ?? (isChosen ? { template: 'mail-choice', path: CHOICE_PATH } : undefined);
  if (foot === undefined) return { text: body, html: htmlOf(body, links), unsubscribeUrl: null };
  const footLink = `${site}/${locale}${foot.path}`;
  const whole = `${body}\n\n${framed(foot.template, { link: footLink })}`;
  const unsubscribeUrl = stop === undefined ? null : `${site}${stop.url}`;
  return { text: whole, html: htmlOf(whole, [...links, footLink]), unsubscribeUrl };
}

/** Everybody with an account among those who are to be told, by member id. */
async function membersOf(
  { identity }: Dependencies,
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

function guestOf(
  settings: MarketplaceSettings,
  { email, locale, name }: Extract<Recipient, { email: string }>,
): Person {
  return { email, name, phone: null, locale: localeFor(settings, locale) };
}

function localeFor({ locales }: MarketplaceSettings, wanted: string): Locale {
  return locales.find((locale) => locale === wanted) ?? (locales[0] as Locale);
}

function valuesOf(settings: MarketplaceSettings, person: Person, message: Message): Values {
  const words = Object.entries(settings.words[person.locale] ?? {}).map(([key, word]) => [`word.${key}`, word]);
  const { locale } = person;
  const texts = Object.entries(message.texts ?? {}).map(([key, text]) => [
    key,
    localize(text, locale, settings.locales),
  ]);
  const asDate = (time: string) =>
    new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: settings.timeZone }).format(new Date(time));
  const dates = Object.entries(message.dates ?? {}).map(([key, time]) => [key, asDate(time)]);
  return {
    ...Object.fromEntries([...words, ...texts, ...dates]),
    marketplace: localize(settings.name, person.locale),
    senderName: settings.notifications.senderName,
    name: person.name,
    ...(message.amount === undefined ? {} : { amount: formatMoney(message.amount, person.locale) }),
    ...message.values,
  };
}
