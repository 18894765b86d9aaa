import { type Call, newId, uuidFromId } from '@plaza/kernel';
import { fileLink } from '@plaza/runtime';
import { beginImports } from './begin-imports.ts';
import type { importOperations } from './contract.ts';
import type { ImportDependencies } from './dependencies.ts';
import { exportFile } from './export.ts';
import { ownStore } from './own.ts';
import { readImports } from './read-imports.ts';

/** The operations of imports and exports, by name. */
export function importHandlers(dependencies: ImportDependencies) {
  const { storage, clock } = dependencies;
  return {
    ...beginImports(dependencies),
    ...readImports(dependencies),
    exportListings: async ({ input, context }: Call<typeof importOperations.exportListings>) => {
      const store = await ownStore(dependencies, context, input.storeId);
      const extension = input.format === 'ndjson' ? 'ndjson' : 'csv';
      const key = `exports/${context.marketplaceId}/${uuidFromId(newId('importJob'))}.${extension}`;
      const counted = exportFile(dependencies, context.marketplaceId, store.id, input.format);
      const contentType = input.format === 'ndjson' ? 'application/x-ndjson' : 'text/csv; charset=utf-8';
      await storage.put(key, counted.stream, { contentType });
      return {
        ...fileLink(storage, clock(), { key, filename: `${store.slug}.${extension}`, contentType }),
        listingCount: counted.count(),
      };
    },
  };
}
