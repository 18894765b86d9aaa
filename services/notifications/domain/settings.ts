import type { MarketplaceSettings } from '@plaza/kernel/marketplace';
import type { Channel, ChoosableTopic, Topic, TopicSetting } from '../contract.ts';

/**
 * What a member may go without, by topic: everything, or these messages. The others, and whatever is new and not named here,
 * are told all the same: they say what somebody must know, or answer in time, to keep their account, their money or their goods.
 * A saved search has its own setting, and goes by it.
 */
const OPTIONAL: Readonly<Record<ChoosableTopic, 'everything' | readonly string[]>> = {
  orders: [
    'order-shipped',
    'order-delivered',
    'order-return-closed',
    'sale-delivered',
    'sale-completed',
    'sale-returning',
    'sale-return-sent',
    'sale-return-withdrawn',
    'sale-return-closed',
  ],
  payments: ['earnings-released', 'payout-paid', 'plan-started'],
  offers: 'everything',
  reviews: 'everything',
};

/** `topic.channel` of everything that a member chose to go without. */
export type Refused = ReadonlySet<string>;

function keyOf(topic: Topic, channel: Channel): string {
  return `${topic}.${channel}`;
}

/** How a marketplace tells of a topic. One that it does not name goes to the inbox. */
export function offeredFor({ notifications }: MarketplaceSettings, topic: Topic): readonly Channel[] {
  return notifications.topics[topic] ?? ['inbox'];
}

export function isOptional({ topic, template }: { readonly topic: Topic; readonly template: string }): boolean {
  const optional = topic in OPTIONAL ? OPTIONAL[topic as ChoosableTopic] : [];
  return optional === 'everything' || optional.includes(template);
}

/** The channels that a message takes, of those that the marketplace chose for its topic. */
export function channelsOf(
  message: { readonly topic: Topic; readonly template: string },
  offered: readonly Channel[],
  { refused, hasEmail }: { readonly refused: Refused; readonly hasEmail: boolean },
): readonly Channel[] {
  // An SMS says no more than the mail that goes with it.
  const isSpare = (channel: Channel) => isOptional(message) || (channel === 'sms' && hasEmail);
  return offered.filter((channel) => !(isSpare(channel) && refused.has(keyOf(message.topic, channel))));
}

/** What a member chose, of what their marketplace offers. */
export function settingsFrom(
  offers: readonly { readonly topic: ChoosableTopic; readonly channels: readonly Channel[] }[],
  refused: Refused,
): TopicSetting[] {
  return offers.map(({ topic, channels }) => ({
    topic,
    isPartlyRequired: OPTIONAL[topic] !== 'everything',
    offered: [...channels],
    chosen: channels.filter((channel) => !refused.has(keyOf(topic, channel))),
  }));
}

/** What is refused once `chosen` are the channels of a topic; what is refused of other topics stays so. */
export function refusedAfter(refused: Refused, { topic, offered }: TopicSetting, chosen: readonly Channel[]): Refused {
  const after = new Set(refused);
  for (const channel of offered) {
    if (chosen.includes(channel)) after.delete(keyOf(topic, channel));
    else after.add(keyOf(topic, channel));
  }
  return after;
}
