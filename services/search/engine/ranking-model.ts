import { readFileSync } from 'node:fs';
import { DEFAULT_WEIGHTS, linearModel, type RankingModel } from '../domain/ranking/model.ts';
import { treesModel } from '../domain/ranking/trees.ts';

/** Trees of the marketplaces' own, from their file (docs/guides/search-ranking.md), or the documented default. @throws Error when they cannot be read */
export function rankingModelFrom(file: string | undefined): RankingModel {
  return file === undefined ? linearModel(DEFAULT_WEIGHTS) : treesModel(JSON.parse(readFileSync(file, 'utf8')));
}
