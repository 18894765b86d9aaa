import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { StartProblem, serviceContext } from '@plaza/kernel';
import type { Config } from '../config.ts';
import { say } from './progress.ts';
import { withComposition } from './with-composition.ts';

/** `plaza train-feed FOLDER --marketplace ID`: a re-ranker from the marketplace's own log, if it foretells better. */
export async function runTrainFeed(
  config: Config,
  folder: string | undefined,
  marketplaceId: string | undefined,
): Promise<void> {
  if (folder === undefined || marketplaceId === undefined)
    throw new StartProblem('Say what goes where: plaza train-feed models --marketplace bazaar');
  await withComposition(config, async ({ clients: { discovery }, marketplaces }) => {
    if (!marketplaces.list().some(({ id }) => id === marketplaceId))
      throw new StartProblem(`There is no marketplace "${marketplaceId}".`);
    const context = serviceContext('train', marketplaceId, 'plaza-train-feed');
    const { eventCount, learnedFrom, foretold, builtIn, learned, model } = await discovery.trainFeed({}, context);
    say(`${eventCount} events: learned from ${learnedFrom} people, foretold ${foretold}.`);
    if (builtIn === null || learned === null) return say('Too few people to learn from; the built-in order stays.');
    say(`nDCG@20: ${builtIn.toFixed(4)} built in, ${learned.toFixed(4)} learned.`);
    if (model === null) return say('It foretells no better than the built-in order, which stays; nothing was written.');
    const file = path.resolve(folder, `${marketplaceId}.json`);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, model);
    say(`Written to ${file}. Start Plaza with PLAZA_FEED_MODELS_DIR=${path.dirname(file)}.`);
  });
}
