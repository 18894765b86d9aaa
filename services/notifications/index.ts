import type { identityContract } from '@plaza/identity/contract';
import type { Client } from '@plaza/kernel';
import { defineService, timer } from '@plaza/runtime';
import { notificationsContract } from './contract.ts';
import { errors } from './errors.ts';
import { notificationsEvents } from './events.ts';
import { listNotifications, markAllNotificationsRead, markNotificationRead } from './operations/inbox.ts';
import { openPost } from './operations/post.ts';
import { sendLetters } from './operations/send-letters.ts';
import { getNotificationSettings, updateNotificationSettings } from './operations/settings.ts';
import { createReactions } from './reactions.ts';
import { loadTemplates } from './templates.ts';

/** Tells members what happened: inbox, mail, SMS. Needs identity for names, addresses and languages. */
export const notificationsService = defineService({
  name: 'notifications',
  floor: 2,
  contract: notificationsContract,
  events: notificationsEvents,
  errors,
  migrations: new URL('./migrations/', import.meta.url),
  create: (platform, clients: { identity: Client<typeof identityContract> }) => {
    const { database } = platform;
    const templates = loadTemplates(platform.marketplaces);
    const post = openPost(platform);
    return {
      handlers: {
        listNotifications: listNotifications(database),
        markNotificationRead: markNotificationRead(database),
        markAllNotificationsRead: markAllNotificationsRead(database),
        getNotificationSettings: getNotificationSettings(platform),
        updateNotificationSettings: updateNotificationSettings(platform),
      },
      reactions: createReactions({ platform, templates, identity: clients.identity, post }),
      timers: [
        timer({
          name: 'send-letters',
          everySeconds: 10,
          run: async ({ marketplaceId }) => {
            await post.settled(marketplaceId);
            await sendLetters(platform, marketplaceId);
          },
        }),
      ],
      stop: post.stop,
    };
  },
});
