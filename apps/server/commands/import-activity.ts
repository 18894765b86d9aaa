import path from 'node:path';
import { Fault, StartProblem, serviceContext } from '@plaza/kernel';
import type { Config } from '../config.ts';
import { say } from './progress.ts';
import { withComposition } from './with-composition.ts';

/** `plaza import-activity FILE --marketplace ID`: what visitors did elsewhere or before, with its times. */
export async function runImportActivity(
  config: Config,
  file: string | undefined,
  marketplaceId: string | undefined,
): Promise<void> {
  if (file === undefined || marketplaceId === undefined)
    throw new StartProblem('Say what goes where: plaza import-activity log.csv --marketplace bazaar');
  await withComposition(config, async ({ clients: { discovery } }) => {
    try {
      const { imported, known, refused, mistakes } = await discovery.importActivityFile(
        { path: path.resolve(file) },
        serviceContext('import', marketplaceId, 'plaza-import-activity'),
      );
      say(`Imported ${imported} events, ${known} were there already, ${refused} refused.`);
      for (const { row, reason } of mistakes) say(`  row ${row}: ${reason}`);
      if (refused > 0) process.exitCode = 1;
    } catch (error) {
      if (error instanceof Fault && error.code !== 'INTERNAL')
        throw new StartProblem([error.message, ...error.errors.map(({ detail }) => `  ${detail}`)].join('\n'));
      throw error;
    }
  });
}
