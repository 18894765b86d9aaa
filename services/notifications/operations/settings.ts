import { commonErrors, type Handler, requireMember, requireVersion } from '@plaza/kernel';
import type { MarketplaceSettings, Marketplaces } from '@plaza/kernel/marketplace';
import { type Database, inTransaction } from '@plaza/runtime';
import { ChoosableTopic, type NotificationSettings, notificationsContract } from '../contract.ts';
import { offeredFor, type Refused, refusedAfter, settingsFrom } from '../domain/settings.ts';
import { errors } from '../errors.ts';
import { findSetting, type Setting, saveSetting } from '../store/setting.ts';

type Dependencies = { readonly database: Database; readonly marketplaces: Marketplaces };

export function getNotificationSettings({
  database,
  marketplaces,
}: Dependencies): Handler<typeof notificationsContract.getNotificationSettings> {
  return async ({ context }) => {
    const { memberId } = requireMember(context);
    const { marketplaceId } = context;
    const setting = await findSetting(database.read(marketplaceId), marketplaceId, memberId);
    return shown(marketplaces.get(marketplaceId), setting);
  };
}

/** Topics that are not named stay as they are. */
export function updateNotificationSettings({
  database,
  marketplaces,
}: Dependencies): Handler<typeof notificationsContract.updateNotificationSettings> {
  return inTransaction(database, notificationsContract.updateNotificationSettings, async ({ input, context, tx }) => {
    const { memberId } = requireMember(context);
    const marketplace = marketplaces.get(tx.marketplaceId);
    const before = await findSetting(tx, tx.marketplaceId, memberId);
    requireVersion(before, input.expectedVersion);
    const { topics } = shown(marketplace, before);
    let refused: Refused = before.refused;
    for (const { topic, chosen } of input.topics) {
      const setting = topics.find((each) => each.topic === topic);
      const strange = chosen.find((channel) => !setting?.offered.includes(channel));
      if (setting === undefined) throw errors.TOPIC_NOT_OFFERED({ topic });
      if (strange !== undefined) throw errors.CHANNEL_NOT_OFFERED({ topic, channel: strange });
      refused = refusedAfter(refused, setting, chosen);
    }
    if (!(await saveSetting(tx, memberId, { refused, version: before.version }))) {
      const { version } = await findSetting(tx, tx.marketplaceId, memberId);
      throw commonErrors.VERSION_CONFLICT({ currentVersion: version });
    }
    return shown(marketplace, { refused, version: before.version + 1 });
  });
}

/** Offers and reviews only where the marketplace has them. */
function shown(marketplace: MarketplaceSettings, { refused, version }: Setting): NotificationSettings {
  const { offers, reviews } = marketplace.features;
  const isThere = { orders: true, payments: true, offers, reviews };
  const offered = ChoosableTopic.options
    .filter((topic) => isThere[topic])
    .map((topic) => ({ topic, channels: offeredFor(marketplace, topic) }));
  return { topics: settingsFrom(offered, refused), version };
}
