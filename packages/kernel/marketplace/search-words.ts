import { z } from 'zod';

const Expression = z.string().trim().min(1).max(60);

export const Synonyms = z.array(z.array(Expression).min(2).max(10)).max(500).meta({
  description:
    'Words that mean the same. An expression of several words is understood in a query and stands for the single words beside it.',
});
export const StopWords = z
  .array(Expression)
  .max(300)
  .meta({ description: 'Words that say nothing here, beside the usual ones.' });

/** `search.yaml`: what search begins with, until an operator says otherwise on the screen. */
export const SearchWords = z.strictObject({ synonyms: Synonyms.default([]), stopWords: StopWords.default([]) });
export type SearchWords = z.output<typeof SearchWords>;

/** A marketplace without the file. */
export const NO_SEARCH_WORDS: SearchWords = { synonyms: [], stopWords: [] };
