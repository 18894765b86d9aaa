import { formatMoney, localize } from '@plaza/kernel';
import type { MarketplaceSettings } from '@plaza/kernel/marketplace';
import type { Platform } from '@plaza/runtime';
import type { Channel } from '../contract.ts';
import type { Message } from '../domain/message.ts';
import { isOptional } from '../domain/settings.ts';
import { fill, htmlOf, type Template, type Values } from '../domain/template.ts';
import type { NewLetter } from '../store/letter.ts';
import type { Templates } from '../templates.ts';
import type { Person } from './people.ts';

/** A message as one person is told it, in their language. */
export type Told = Template & {
  readonly message: Message;
  readonly channels: readonly Channel[];
  readonly person: Person;
  readonly link: string;
  readonly values: Values;
};

type Writing = { readonly platform: Pick<Platform, 'publicUrl'>; readonly templates: Templates };

/** What is sent to a person, by the channels that their message takes: a mail, an SMS, both or none. */
export function writeLetters(writing: Writing, settings: MarketplaceSettings, told: Told): NewLetter[] {
  const { message, channels, person, subject } = told;
  const letters: NewLetter[] = [];
  if ((channels.includes('email') || message.asked !== undefined) && person.email !== null)
    letters.push({ channel: 'email', recipient: person.email, subject, ...mailOf(writing, settings, told) });
  if (channels.includes('sms') && person.phone !== null && message.stop === undefined) {
    const text = `${localize(settings.name, person.locale)}: ${subject}`;
    letters.push({ channel: 'sms', recipient: person.phone, subject, text, html: null, unsubscribeUrl: null });
  }
  return letters;
}

/** Where members choose what is mailed to them, below the language. */
const CHOICE_PATH = '/account/notifications/settings';

/** What is said, in the frame of all mails; of mails that can be ended also how. */
function mailOf(
  { platform, templates }: Writing,
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

/** What the gaps of a message's templates are filled with. */
export function valuesOf(settings: MarketplaceSettings, person: Person, message: Message): Values {
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
