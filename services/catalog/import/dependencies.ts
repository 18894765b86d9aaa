import type { Client } from '@plaza/kernel';
import type { mediaContract } from '@plaza/media/contract';
import type { Database, Platform } from '@plaza/runtime';

/** What an import needs to run. */
export type RunDependencies = {
  readonly database: Database;
  readonly marketplaces: Platform['marketplaces'];
  readonly storage: Platform['storage'];
  readonly clock: () => Date;
};

/** What an import needs, and where it runs. */
export type Work = RunDependencies & { readonly marketplaceId: string };

/** What imports need besides, to take uploads and to fetch images. */
export type ImportDependencies = RunDependencies & {
  readonly media: Pick<Client<typeof mediaContract>, 'completeUpload' | 'createDownloadUrl' | 'importFromUrl'>;
};
