import { publicSettings } from '@plaza/kernel/marketplace';
import { auditRecorded, defineService, reaction } from '@plaza/runtime';
import { adminContract } from './contract.ts';
import { type Dependencies, listNames } from './operations/list-names.ts';
import { verifyAuditChain } from './operations/verify-audit-chain.ts';
import { appendAuditEntry, listAuditEntries } from './store.ts';

export const adminService = defineService({
  name: 'admin',
  floor: 6,
  contract: adminContract,
  migrations: new URL('./migrations/', import.meta.url),
  create: ({ database, marketplaces }, dependencies: Dependencies) => ({
    handlers: {
      listMarketplaces: async ({ input, context }) => ({
        items: marketplaces.list().map((settings) => publicSettings(settings, input.locale ?? context.locale)),
      }),
      getMarketplace: async ({ input, context }) =>
        publicSettings(marketplaces.get(input.marketplaceId), input.locale ?? context.locale),
      listNames: listNames(dependencies),
      listAuditEntries: async ({ input, context }) =>
        listAuditEntries(database.read(context.marketplaceId), context.marketplaceId, input),
      verifyAuditChain: verifyAuditChain(database),
    },
    reactions: [
      reaction(auditRecorded, async ({ event, tx }) => appendAuditEntry(tx, { ...event.data, time: event.time })),
    ],
  }),
});
