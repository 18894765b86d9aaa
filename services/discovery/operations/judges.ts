import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Judge, judgeByDefault, judgeByTrees } from '../domain/rerank.ts';

/** The re-rankers in a folder, each of the marketplace its file is named after; the default for the others. */
export async function readJudges(folder: string | undefined): Promise<(marketplaceId: string) => Judge> {
  const judges = new Map<string, Judge>();
  const files = folder === undefined ? [] : (await readdir(folder)).filter((name) => name.endsWith('.json'));
  for (const file of files) {
    try {
      const text = await readFile(path.join(folder ?? '', file), 'utf8');
      judges.set(file.replace(/\.json$/, ''), judgeByTrees(JSON.parse(text)));
    } catch (cause) {
      throw new Error(`The re-ranker ${file} cannot be read: ${(cause as Error).message}`, { cause });
    }
  }
  return (marketplaceId) => judges.get(marketplaceId) ?? judgeByDefault;
}
