import { auditRecorded, defineService, reaction } from '@plaza/runtime';
import { adminContract } from './contract.ts';
import { type Dependencies, listNames } from './operations/list-names.ts';
import { getMarketplace, listMarketplaces } from './operations/marketplaces.ts';
import { verifyAuditChain } from './operations/verify-audit-chain.ts';
import { appendAuditEntry, listAuditEntries } from './store.ts';

export const adminService = defineService({
  name: 'admin',
  floor: 6,
  contract: adminContract,
  migrations: new URL('./migrations/', import.meta.url),
  create: (platform, dependencies: Dependencies) => ({
    handlers: {
      listMarketplaces: listMarketplaces(platform),
      getMarketplace: getMarketplace(platform),
      listNames: listNames(dependencies),
      listAuditEntries: async ({ input, context }) =>
        listAuditEntries(platform.database.read(context.marketplaceId), context.marketplaceId, input),
      verifyAuditChain: verifyAuditChain(platform.database),
    },
    reactions: [
      reaction(auditRecorded, async ({ event, tx }) => appendAuditEntry(tx, { ...event.data, time: event.time })),
    ],
  }),
});
