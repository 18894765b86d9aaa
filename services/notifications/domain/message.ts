import type { Locale, LocalizedText, MemberId, Money } from '@plaza/kernel';
import type { Topic } from '../contract.ts';
import type { Values } from './template.ts';

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

/** A message and what it is about: of one event and template, a person is told once. */
export type News = { readonly eventId: string; readonly message: Message };
