import type { MessagePort } from 'node:worker_threads';
import { giveBackWhenIdle } from '@plaza/runtime/idle-memory';
import { answerCalls } from '@plaza/runtime/threads';
import type { SearchEngine } from '../engine.ts';
import { FollowedIndexes } from './followed-indexes.ts';
import { ranking } from './worker-options.ts';

/* A thread that searches what the writing thread tells it. */

/** Undefined: only the writer can answer. */
export type FollowerAnswers = {
  readonly [Method in 'search' | 'suggest' | 'cards']: (
    ...given: Parameters<SearchEngine[Method]>
  ) => Awaited<ReturnType<SearchEngine[Method]>> | undefined;
} & { follow(writer: MessagePort): void };

const indexes = new FollowedIndexes(ranking);

const follower: FollowerAnswers = {
  search: (id, query) => indexes.read(id, (reader) => reader.search(query)),
  suggest: (id, text, limit) => indexes.read(id, (reader) => reader.suggest(text, limit)),
  cards: (id, listingIds) => indexes.read(id, (reader) => reader.cards(listingIds)),
  follow: (writer) => answerCalls(indexes.told, writer),
};

answerCalls(follower);
giveBackWhenIdle();
