import { commonErrors } from '@plaza/kernel';
import type { ApplyOptions, Change, IndexStatus, StoreNews } from '../engine.ts';
import { slices } from '../pause.ts';
import { IndexMissing } from './client.ts';
import { changed, changedStore, type HeldStore, type ListingChange, listingFrom, sourceOf } from './listing.ts';
import type { Found, Records, Write, Written } from './records.ts';

/** Listings read, changed and written at once. */
const LISTINGS_AT_ONCE = 500;
/** How often a listing is changed anew because somebody else was writing it. */
const TRIES_MAX = 20;

/** Which rebuild is under way or was the last, and what it is called once it is done. */
const BUILD = 'build';
type Build = { readonly generation: number; readonly buildId: string | null };
const NO_BUILD: Build = { generation: 0, buildId: null };

/** Writes changes into one marketplace's index. Any number of processes may at once: who reads what is old writes again. */
export class Changes {
  readonly #records: Records;

  constructor(records: Records) {
    this.#records = records;
  }

  async apply(changes: readonly Change[], { mayWait = false }: ApplyOptions = {}): Promise<void> {
    let listings: ListingChange[] = [];
    const flush = async (): Promise<void> => {
      const due = listings;
      listings = [];
      for (let from = 0; from < due.length; from += LISTINGS_AT_ONCE)
        await this.#applyListings(due.slice(from, from + LISTINGS_AT_ONCE), { isSearchable: !mayWait });
    };
    for (const change of changes) {
      if (change.kind === 'document') listings.push({ ...change, id: change.document.id });
      else if (change.kind === 'stock') listings.push({ ...change, id: change.stock.id });
      else {
        await flush();
        await this.#applyStore(change.store);
      }
    }
    await flush();
  }

  async status(): Promise<IndexStatus> {
    try {
      const { buildId } = await this.#build();
      return { documentCount: await this.#records.countListed(), buildId };
    } catch (error) {
      if (error instanceof IndexMissing) return { documentCount: 0, buildId: null };
      throw error;
    }
  }

  async versions(ids: readonly string[]): Promise<Record<string, number>> {
    const found = await this.#records.within(() => this.#records.get(ids.map(listingKey)));
    return Object.fromEntries(
      ids.flatMap((id) => {
        const source = found.get(listingKey(id))?.source;
        return source === undefined ? [] : [[id, listingFrom(source).version]];
      }),
    );
  }

  async beginRebuild(): Promise<void> {
    await this.#changeBuild(({ generation, buildId }) => ({ generation: generation + 1, buildId }));
  }

  async finishRebuild(buildId: string): Promise<IndexStatus> {
    const { generation } = await this.#build();
    await this.#records.refresh();
    await this.#records.forgetBefore(generation);
    await this.#changeBuild((build) => ({ ...build, buildId }));
    return this.status();
  }

  async #applyListings(changes: readonly ListingChange[], written: Written = { isSearchable: true }): Promise<void> {
    let waiting = changes;
    for (let attempt = 0; waiting.length > 0; attempt++) {
      if (attempt === TRIES_MAX)
        throw commonErrors.UNAVAILABLE({}, { cause: new Error('Others write the same listings.') });
      waiting = await this.#tryListings(waiting, written);
    }
  }

  /** Answers what is to be done anew. */
  async #tryListings(changes: readonly ListingChange[], written: Written): Promise<ListingChange[]> {
    const storeIds = new Set(changes.flatMap((change) => storeOf(change) ?? []));
    const ids = [...new Set(changes.map(({ id }) => id))];
    const found = await this.#records.within(() =>
      this.#records.get([BUILD, ...ids.map(listingKey), ...[...storeIds].map(storeKey)]),
    );
    const { generation } = buildFrom(found.get(BUILD)?.source);
    const stores = storesAmong(found, storeIds);
    const held = new Map(
      ids.map((id) => {
        const source = found.get(listingKey(id))?.source;
        return [id, source === undefined ? undefined : listingFrom(source)] as const;
      }),
    );
    const states = new Map(held);
    for (const change of changes) {
      const store = stores.get(storeOf(change) ?? '');
      states.set(change.id, changed(states.get(change.id), change, { generation, store }));
    }
    const pause = slices(() => false);
    const writes: Write[] = [];
    for (const [id, state] of states) {
      if (state === undefined || state === held.get(id)) continue;
      writes.push({ id: listingKey(id), source: sourceOf(state), over: found.get(listingKey(id)) });
      await pause();
    }
    const conflicts = await this.#records.within(() => this.#records.write(writes, written));
    const again = changes.filter(({ id }) => conflicts.has(listingKey(id)));
    return [...again, ...(await this.#renamedMeanwhile(changes, stores, storeIds))];
  }

  /** A store may get its name between the reading and the writing of its listings, and not see these. */
  async #renamedMeanwhile(
    changes: readonly ListingChange[],
    before: ReadonlyMap<string, HeldStore>,
    storeIds: ReadonlySet<string>,
  ): Promise<ListingChange[]> {
    const after = storesAmong(await this.#records.get([...storeIds].map(storeKey)), storeIds);
    return changes.flatMap((change): ListingChange[] => {
      const storeId = storeOf(change);
      if (storeId === undefined || after.get(storeId)?.version === before.get(storeId)?.version) return [];
      return [{ kind: 'name', id: change.id, storeId }];
    });
  }

  async #applyStore(news: StoreNews): Promise<void> {
    const store = await this.#changeStore(news.storeId, (held) => changedStore(held, news));
    if (store.isTold || store.version !== news.version) return;
    await this.#rename(store);
    await this.#changeStore(news.storeId, (held) =>
      held?.version === news.version ? { ...held, isTold: true } : store,
    );
  }

  /** Tells a store's listings its name, some at a time. What a crash leaves to do is done when the same news come again. */
  async #rename({ storeId, name, slug }: HeldStore): Promise<void> {
    const isNamedSo = { bool: { filter: [{ term: { storeName: name } }, { term: { storeSlug: slug } }] } };
    let after: readonly unknown[] | undefined;
    do {
      const { hits } = await this.#records.search<{
        hits: { hits: readonly { readonly sort: readonly [string] }[] };
      }>({
        size: LISTINGS_AT_ONCE,
        _source: false,
        query: { bool: { filter: [{ term: { storeId } }, { term: { isListed: true } }], must_not: [isNamedSo] } },
        sort: [{ id: 'asc' }],
        ...(after === undefined ? {} : { search_after: after }),
      });
      await this.#applyListings(hits.hits.map(({ sort: [id] }) => ({ kind: 'name', id, storeId })));
      after = hits.hits.at(-1)?.sort;
    } while (after !== undefined);
  }

  async #build(): Promise<Build> {
    return buildFrom((await this.#records.get([BUILD])).get(BUILD)?.source);
  }

  async #changeBuild(next: (build: Build) => Build): Promise<void> {
    await this.#change(BUILD, (source) => ({ build: next(buildFrom(source)) }));
  }

  async #changeStore(storeId: string, next: (held: HeldStore | undefined) => HeldStore): Promise<HeldStore> {
    return (await this.#change(storeKey(storeId), (source) => ({ store: next(storeFrom(source)) }))).store;
  }

  /** One document read, changed, and written unless nothing changed. */
  async #change<Source extends object>(key: string, next: (held: unknown) => Source): Promise<Source> {
    for (let attempt = 0; attempt < TRIES_MAX; attempt++) {
      const over = (await this.#records.within(() => this.#records.get([key]))).get(key);
      const source = next(over?.source);
      const isChanged = JSON.stringify(source) !== JSON.stringify(over?.source);
      if (!isChanged) return source;
      const conflicts = await this.#records.within(() => this.#records.write([{ id: key, source, over }]));
      if (conflicts.size === 0) return source;
    }
    throw commonErrors.UNAVAILABLE({}, { cause: new Error(`Others write ${key}.`) });
  }
}

function buildFrom(source: unknown): Build {
  return (source as { readonly build: Build } | undefined)?.build ?? NO_BUILD;
}

function storeFrom(source: unknown): HeldStore | undefined {
  return (source as { readonly store: HeldStore } | undefined)?.store;
}

function storesAmong(found: ReadonlyMap<string, Found>, storeIds: ReadonlySet<string>): Map<string, HeldStore> {
  return new Map(
    [...storeIds].flatMap((storeId) => {
      const store = storeFrom(found.get(storeKey(storeId))?.source);
      return store === undefined ? [] : [[storeId, store] as const];
    }),
  );
}

export function listingKey(id: string): string {
  return `listing:${id}`;
}

function storeKey(storeId: string): string {
  return `store:${storeId}`;
}

function storeOf(change: ListingChange): string | undefined {
  if (change.kind === 'document') return change.document.storeId;
  return change.kind === 'name' ? change.storeId : undefined;
}
