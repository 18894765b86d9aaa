import type { identityContract } from '@plaza/identity/contract';
import type { Client } from '@plaza/kernel';
import { defineService, type Platform, timer } from '@plaza/runtime';
import { notificationsContract } from './contract.ts';
import { errors } from './errors.ts';
import { notificationsEvents } from './events.ts';
import { listNotifications, markAllNotificationsRead, markNotificationRead } from './operations/inbox.ts';
import { sendLetters } from './operations/send-letters.ts';
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
    const sender = createSender(platform);
    return {
      handlers: {
        listNotifications: listNotifications(database),
        markNotificationRead: markNotificationRead(database),
        markAllNotificationsRead: markAllNotificationsRead(database),
      },
      reactions: createReactions({ platform, templates, identity: clients.identity, wake: sender.wake }),
      timers: [
        timer({
          name: 'send-letters',
          everySeconds: 10,
          run: ({ marketplaceId }) => sendLetters(platform, marketplaceId),
        }),
      ],
      stop: sender.stop,
    };
  },
});

/** Sends at once what a reaction just wrote; the timer is for what failed or what a killed process left. */
function createSender(platform: Platform) {
  const running = new Map<string, Promise<void>>();
  /** Marketplaces for which more was written while theirs was being sent. */
  const isAskedAgain = new Set<string>();
  const send = async (marketplaceId: string): Promise<void> => {
    try {
      do {
        isAskedAgain.delete(marketplaceId);
        await sendLetters(platform, marketplaceId);
      } while (isAskedAgain.has(marketplaceId));
    } catch (error) {
      platform.log.warn({ code: (error as { code?: string }).code }, 'letters could not be sent; the timer will');
    } finally {
      running.delete(marketplaceId);
    }
  };
  return {
    wake(marketplaceId: string): void {
      if (running.has(marketplaceId)) isAskedAgain.add(marketplaceId);
      else running.set(marketplaceId, send(marketplaceId));
    },
    stop: async () => void (await Promise.all(running.values())),
  };
}
