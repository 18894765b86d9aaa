import type { RankingModel } from '../../domain/ranking/model.ts';
import { DocumentReads } from './document-reads.ts';
import { IndexReader, MissingCard } from './index-reader.ts';
import { DamagedSegment } from './segment/segment-format.ts';
import { StoredSegment } from './segment/stored-segment.ts';
import type { FollowerMethods, News } from './telling.ts';

type Followed = { readonly reader: IndexReader; isReady: boolean };

/** Indexes that another thread writes, searched as it tells that they are. */
export class FollowedIndexes {
  readonly #model: RankingModel;
  readonly #indexes = new Map<string, Followed>();
  /** What the writer calls. */
  readonly told: FollowerMethods = {
    begin: (marketplaceId, file) => {
      this.#end(marketplaceId);
      const reader = new IndexReader(DocumentReads.open(file), this.#model);
      this.#indexes.set(marketplaceId, { reader, isReady: false });
    },
    take: (marketplaceId, news) => {
      const index = this.#indexes.get(marketplaceId);
      if (index === undefined) return;
      try {
        takeAll(index.reader, news);
      } catch (error) {
        // It would be wrong from here on: the writer answers alone until the index is opened again.
        this.#end(marketplaceId);
        process.emitWarning(`A search index is not followed: ${error instanceof Error ? error.message : error}`);
      }
    },
    ready: (marketplaceId) => {
      const index = this.#indexes.get(marketplaceId);
      if (index !== undefined) index.isReady = true;
    },
    end: (marketplaceId) => this.#end(marketplaceId),
  };

  constructor(model: RankingModel) {
    this.#model = model;
  }

  /**
   * What an index answers; undefined where only the writer can: the index is not open yet, is damaged, or its documents
   * are ahead of what was told here.
   */
  read<Answer>(marketplaceId: string, answer: (reader: IndexReader) => Answer): Answer | undefined {
    const index = this.#indexes.get(marketplaceId);
    if (index?.isReady !== true) return undefined;
    try {
      return answer(index.reader);
    } catch (error) {
      if (error instanceof DamagedSegment || error instanceof MissingCard) return undefined;
      throw error;
    }
  }

  #end(marketplaceId: string): void {
    this.#indexes.get(marketplaceId)?.reader.close();
    this.#indexes.delete(marketplaceId);
  }
}

function takeAll(reader: IndexReader, { tokens, steps }: News): void {
  for (const token of tokens) reader.list.facts.idOf(token);
  for (const step of steps)
    reader.take(
      step.kind === 'replace' ? { ...step, by: step.by === null ? null : StoredSegment.openShared(step.by) } : step,
    );
}
