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
import { fill, htmlOf, type Values } from '../domain/template.ts';
import { notificationCreated } from '../events.ts';
import { insertLetter } from '../store/letter.ts';
import { insertNotification } from '../store/notification.ts';
import type { Templates } from '../templates.ts';

export type Deps = {
  readonly platform: Platform;
  readonly templates: Templates;
  readonly identity: Pick<Client<typeof identityContract>, 'getMembers'>;
  /** Asks for letters of a marketplace to be sent soon. */
  readonly wake: (marketplaceId: string) => void;
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
};

type Person = { name: string; email: string | null; phone: string | null; locale: Locale; memberId?: MemberId };

/**
 * Tells one person: into the inbox, and by the channels that the marketplace chose for the topic. A message for which
 * there is no template is none: a process may have states that nobody needs to hear of. Said once by event.
 */
export async function notify(
  deps: Deps,
  { tx, context, eventId }: { tx: Transaction; context: Context; eventId: string },
  message: Message,
): Promise<void> {
  const { platform, templates } = deps;
  const settings = platform.marketplaces.get(tx.marketplaceId);
  if (templates.find(settings.id, message.template, 'en') === undefined) return;
  const person = await personOf(deps, settings, message.to, context);
  if (person === undefined) return;

  const link = `${platform.publicUrl(settings.id)}/${person.locale}${message.path}`;
  const values = valuesOf(settings, person, message);
  const template = templates.find(settings.id, message.template, person.locale);
  if (template === undefined) return;
  const { subject, text } = fill(template, values);
  const now = platform.clock();
  if (person.memberId !== undefined) {
    const id = await insertNotification(tx, {
      memberId: person.memberId,
      eventKey: `${eventId}:${message.template}`,
      topic: message.topic,
      title: subject,
      text,
      path: message.path,
      now,
    });
    if (id === undefined) return;
    await tx.announce(notificationCreated, id, { notificationId: id, memberId: person.memberId, topic: message.topic });
  }

  const channels = settings.notifications.topics[message.topic] ?? ['inbox'];
  if (channels.includes('email') && person.email !== null) {
    const frame = templates.find(settings.id, 'frame', person.locale);
    const body = frame === undefined ? text : fill(frame, { ...values, subject, text, link }).text;
    const mail = { channel: 'email', recipient: person.email, subject, text: body, html: htmlOf(body, link) } as const;
    await insertLetter(tx, mail, now);
  }
  if (channels.includes('sms') && person.phone !== null) {
    const short = `${localize(settings.name, person.locale)}: ${subject}`;
    await insertLetter(tx, { channel: 'sms', recipient: person.phone, subject, text: short, html: null }, now);
  }
  tx.afterCommit(() => deps.wake(settings.id));
}

async function personOf(
  { identity }: Deps,
  settings: MarketplaceSettings,
  to: Recipient,
  context: Context,
): Promise<Person | undefined> {
  const localeFrom = (wanted: string) =>
    settings.locales.find((locale) => locale === wanted) ?? (settings.locales[0] as Locale);
  if (!('memberId' in to)) return { ...to, phone: null, locale: localeFrom(to.locale) };
  const { items } = await identity.getMembers({ memberIds: [to.memberId] }, asService('notifications', context));
  const member = items[0];
  return (
    member && {
      memberId: member.id,
      name: member.displayName,
      email: member.email,
      phone: member.phone,
      locale: localeFrom(member.locale),
    }
  );
}

function valuesOf(settings: MarketplaceSettings, person: Person, message: Message): Values {
  const words = Object.entries(settings.words[person.locale] ?? {}).map(([key, word]) => [`word.${key}`, word]);
  const { locale } = person;
  const texts = Object.entries(message.texts ?? {}).map(([key, text]) => [
    key,
    localize(text, locale, settings.locales),
  ]);
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: settings.timeZone });
  const dates = Object.entries(message.dates ?? {}).map(([key, time]) => [key, format.format(new Date(time))]);
  return {
    ...Object.fromEntries([...words, ...texts, ...dates]),
    marketplace: localize(settings.name, person.locale),
    senderName: settings.notifications.senderName,
    name: person.name,
    ...(message.amount === undefined ? {} : { amount: formatMoney(message.amount, person.locale) }),
    ...message.values,
  };
}
