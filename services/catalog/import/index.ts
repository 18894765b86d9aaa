import { type Timer, timer } from '@plaza/runtime';
import type { ImportDependencies } from './dependencies.ts';
import { fetchDueImages } from './images.ts';
import { importHandlers } from './operations.ts';
import { runDueImport } from './run-import.ts';

/** Imports and exports, to mount in the catalog: operations, and the timers that work and fetch images. */
export function createImporting(dependencies: ImportDependencies): {
  handlers: ReturnType<typeof importHandlers>;
  timers: readonly Timer[];
} {
  return {
    handlers: importHandlers(dependencies),
    timers: [
      timer({
        name: 'run-imports',
        everySeconds: 1,
        run: async ({ marketplaceId }) => {
          while ((await runDueImport(dependencies, marketplaceId)) !== undefined);
        },
      }),
      timer({ name: 'fetch-import-images', everySeconds: 2, run: (context) => fetchDueImages(dependencies, context) }),
    ],
  };
}
