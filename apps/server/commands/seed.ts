import { StartProblem } from '@plaza/kernel';
import type { Config } from '../config.ts';
import { seedDemo } from '../demo/index.ts';
import { step } from './progress.ts';
import { withComposition } from './with-composition.ts';

/** `plaza seed`: the demo marketplaces' members, stores and listings. Safe to repeat. */
export async function runSeed(config: Config): Promise<void> {
  if (!config.isDemo)
    throw new StartProblem('Demo content is only for a demo: set PLAZA_DEMO=on to fill this database with it.');
  await withComposition(config, async (composition, log) => {
    await step('Demo marketplaces are filled', () =>
      seedDemo({
        clients: composition.clients,
        marketplaces: composition.marketplaces,
        dataFolder: config.dataFolder,
        log,
      }),
    );
  });
}
