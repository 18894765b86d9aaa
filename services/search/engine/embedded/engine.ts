import { MessageChannel } from 'node:worker_threads';
import { type Thread, threadOf } from '@plaza/runtime/threads';
import type { SearchEngine } from '../engine.ts';
import { rankingModelFrom } from '../ranking-model.ts';
import type { FollowerAnswers } from './follower-worker.ts';
import type { WriterMethods } from './worker.ts';
import type { WorkerOptions } from './worker-options.ts';

/** Documents in one message to the worker; more are sent as several. */
const CHANGES_MAX = 200;

/** One thread writes, and searches too; the others follow it. */
type Threads = { readonly writer: Thread<WriterMethods>; readonly followers: readonly Thread<FollowerAnswers>[] };

/** `model`: path of trees that order hits instead of the default weights (docs/guides/search-ranking.md). */
export type EmbeddedOptions = { readonly model?: string; readonly threads?: number };

/**
 * The engine that needs nothing installed: one SQLite file and a folder of segments a marketplace in `folder`, searched in
 * one thread or several. See docs/decisions/0010-embedded-search-engine.md and 0042-search-threads.md. Threads start with
 * the first call. When one crashes the calls that any of them held fail, and the next call starts others, which read the
 * files again.
 */
export function createEmbeddedEngine(folder: string, { model, threads = 1 }: EmbeddedOptions = {}): SearchEngine {
  // A model that cannot be read is refused now, not by the first search.
  rankingModelFrom(model);
  const options = { folder, model } satisfies WorkerOptions;
  let running: Threads | undefined;
  /** Until threads that are lost have ended: two must never write the same files. */
  let ended: Promise<unknown> = Promise.resolve();

  const start = (): Threads => {
    const lost = (): void => {
      if (running !== started) return;
      running = undefined;
      ended = Promise.all([started.writer, ...started.followers].map((thread) => thread.close()));
    };
    const started: Threads = {
      writer: threadOf(new URL('./worker.ts', import.meta.url), options, lost),
      followers: Array.from({ length: threads - 1 }, () =>
        threadOf<FollowerAnswers>(new URL('./follower-worker.ts', import.meta.url), options, lost),
      ),
    };
    for (const follower of started.followers) {
      const { port1, port2 } = new MessageChannel();
      // Who calls next hears of a thread that does not start.
      started.writer.call('lead', port1).catch(() => {});
      follower.call('follow', port2).catch(() => {});
    }
    return started;
  };
  const threadsNow = async (): Promise<Threads> => {
    await ended;
    running ??= start();
    return running;
  };

  /** Asks the thread that writes. */
  const write = async <Answer>(ask: (writer: Thread<WriterMethods>) => Promise<Answer>): Promise<Answer> =>
    ask((await threadsNow()).writer);

  /** What the follower with the least to do answers; undefined when the writer is to be asked. */
  async function followed<Answer>(
    ask: (follower: Thread<FollowerAnswers>) => Promise<Answer>,
  ): Promise<Answer | undefined> {
    const { writer, followers } = await threadsNow();
    const idlest = followers.toSorted((a, b) => a.waiting - b.waiting)[0];
    return idlest === undefined || idlest.waiting > writer.waiting ? undefined : ask(idlest);
  }

  return {
    async apply(marketplaceId, changes) {
      for (let from = 0; from < changes.length; from += CHANGES_MAX)
        await write((writer) => writer.call('apply', marketplaceId, changes.slice(from, from + CHANGES_MAX)));
    },
    search: async (...given) =>
      (await followed((follower) => follower.call('search', ...given))) ??
      write((writer) => writer.call('search', ...given)),
    suggest: async (...given) =>
      (await followed((follower) => follower.call('suggest', ...given))) ??
      write((writer) => writer.call('suggest', ...given)),
    cards: async (...given) =>
      (await followed((follower) => follower.call('cards', ...given))) ??
      write((writer) => writer.call('cards', ...given)),
    versions: (...given) => write((writer) => writer.call('versions', ...given)),
    status: (...given) => write((writer) => writer.call('status', ...given)),
    held: (...given) => write((writer) => writer.call('held', ...given)),
    beginRebuild: (...given) => write((writer) => writer.call('beginRebuild', ...given)),
    finishRebuild: (...given) => write((writer) => writer.call('finishRebuild', ...given)),
    async close() {
      if (running === undefined) return;
      const { writer, followers } = running;
      await writer.call('close');
      running = undefined;
      for (const thread of [writer, ...followers]) await thread.close();
    },
  };
}
