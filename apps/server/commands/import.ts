import path from 'node:path';
import type { ImportFormat } from '@plaza/catalog/contract';
import { Fault, type Id, idKindOf, StartProblem, serviceContext } from '@plaza/kernel';
import type { Config } from '../config.ts';
import type { Clients } from '../services.ts';
import { say } from './progress.ts';
import { withComposition } from './with-composition.ts';

export type ImportArguments = {
  readonly path: string | undefined;
  readonly marketplaceId: string | undefined;
  /** The store's id, or its slug. */
  readonly store: string | undefined;
  readonly format: string | undefined;
  /** Where listings go whose category the marketplace does not know. */
  readonly categoryId: string | undefined;
  /** `name in the file=category id`, each. */
  readonly mappings: readonly string[];
  readonly isDryRun: boolean;
};

type Catalog = Clients['catalog'];

/** Mistakes shown on the screen; all are counted. */
const SHOWN_MAX = 20;

/** `plaza import FILE --marketplace ID --store STORE`: a file of listings into a store, to its end. */
export async function runImport(config: Config, given: ImportArguments): Promise<void> {
  const { marketplaceId, store } = given;
  if (given.path === undefined || marketplaceId === undefined || store === undefined) {
    throw new StartProblem(
      'Say what goes where: plaza import products.csv --marketplace bazaar --store old-light [--format shopify-csv] [--dry-run]',
    );
  }
  const file = path.resolve(given.path);
  await withComposition(config, async ({ clients: { catalog } }) => {
    const context = serviceContext('import', marketplaceId, 'plaza-import');
    try {
      const storeId = await storeIdOf(catalog, store, context);
      const job = await catalog.importFile(
        {
          storeId,
          path: file,
          isDryRun: given.isDryRun,
          ...(given.format === undefined ? {} : { format: given.format as ImportFormat }),
          options: {
            ...(given.categoryId === undefined ? {} : { defaultCategoryId: given.categoryId }),
            categoryMapping: mappingOf(given.mappings),
          },
        },
        context,
      );
      const { rows, listings, created, updated, unchanged, refused } = job.counts;
      say(
        `${given.isDryRun ? 'Checked' : 'Imported'} ${rows} rows: ${listings} listings, ${created} new, ${updated} changed, ${unchanged} as before, ${refused} refused.`,
      );
      if (job.failure !== null) throw new StartProblem(job.failure);
      if (job.errorCount > 0) await showMistakes(catalog, job.id, job.errorCount, context);
    } catch (error) {
      if (error instanceof Fault && error.code !== 'INTERNAL') {
        throw new StartProblem(
          [error.message, ...error.errors.map(({ pointer, detail }) => `  ${pointer}: ${detail}`)].join('\n'),
        );
      }
      throw error;
    }
  });
}

function mappingOf(mappings: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    mappings.map((mapping) => {
      const cut = mapping.lastIndexOf('=');
      if (cut < 1) throw new StartProblem(`--map takes NAME=CATEGORY, not "${mapping}".`);
      return [mapping.slice(0, cut), mapping.slice(cut + 1)];
    }),
  );
}

async function storeIdOf(catalog: Catalog, store: string, context: ReturnType<typeof serviceContext>): Promise<string> {
  if (idKindOf(store) === 'store') return store;
  return (await catalog.getStoreBySlug({ slug: store }, context)).id;
}

async function showMistakes(
  catalog: Catalog,
  importId: Id<'importJob'>,
  total: number,
  context: ReturnType<typeof serviceContext>,
): Promise<void> {
  const { items } = await catalog.listImportErrors({ importId, limit: SHOWN_MAX }, context);
  for (const { row, column, message } of items) say(`  line ${row}${column === null ? '' : `, ${column}`}: ${message}`);
  if (total > items.length) say(`  … and ${total - items.length} more`);
  process.exitCode = 1;
}
