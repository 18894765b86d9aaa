import type { Calls } from '@plaza/runtime/threads';
import type { Facts } from './segment/facts.ts';
import type { Step } from './segment/segment-list.ts';
import type { SharedSegment } from './segment/stored-segment.ts';

/** A step as it crosses to another thread. */
export type ToldStep =
  | Exclude<Step, { kind: 'replace' }>
  | { readonly kind: 'replace'; readonly numbers: readonly number[]; readonly by: SharedSegment | null };

/** What is told of an index: facts that are new, in order of their numbers, and then the steps. */
export type News = { readonly tokens: readonly string[]; readonly steps: readonly ToldStep[] };

/** What a thread that searches is told by the one that writes. */
export type FollowerMethods = {
  /** An index is opened, or begun anew. `file`: its documents. */
  begin(marketplaceId: string, file: string): void;
  take(marketplaceId: string, news: News): void;
  /** It has been told all there is. */
  ready(marketplaceId: string): void;
  end(marketplaceId: string): void;
};
export type Follower = Calls<FollowerMethods>;

/** Tells the other threads, in order, how one index changes. */
export class Telling {
  readonly #followers: readonly Follower[];
  readonly #marketplaceId: string;
  readonly #facts: Facts;
  #factsTold = 0;
  #steps: ToldStep[] = [];
  #taken: Promise<unknown> = Promise.resolve();

  constructor(followers: readonly Follower[], marketplaceId: string, facts: Facts) {
    this.#followers = followers;
    this.#marketplaceId = marketplaceId;
    this.#facts = facts;
  }

  begin(file: string): Promise<unknown> {
    return this.#each((follower) => follower.call('begin', this.#marketplaceId, file));
  }

  /** Remembers a step until `caughtUp`: those of one change are taken together. */
  tell(step: Step): void {
    if (this.#followers.length === 0) return;
    this.#steps.push(step.kind === 'replace' ? { ...step, by: step.by?.share() ?? null } : step);
  }

  /** Resolves when every follower has taken what was told so far: its next search sees it. */
  async caughtUp(): Promise<void> {
    if (this.#steps.length > 0) {
      const news = { tokens: this.#facts.tokensFrom(this.#factsTold), steps: this.#steps };
      this.#factsTold = this.#facts.count;
      this.#steps = [];
      this.#taken = this.#each((follower) => follower.call('take', this.#marketplaceId, news));
    }
    await this.#taken;
  }

  async ready(): Promise<void> {
    await this.caughtUp();
    await this.#each((follower) => follower.call('ready', this.#marketplaceId));
  }

  end(): Promise<unknown> {
    return this.#each((follower) => follower.call('end', this.#marketplaceId));
  }

  #each(call: (follower: Follower) => Promise<unknown>): Promise<unknown> {
    return Promise.all(this.#followers.map(call));
  }
}
