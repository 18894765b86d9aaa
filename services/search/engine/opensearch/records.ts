import { commonErrors } from '@plaza/kernel';
import type { HeldDocument, HeldRange } from '../engine.ts';
import { faultOf, IndexMissing, type OpenSearchClient, type Refusal } from './client.ts';
import { indexDefinition, indexNameOf } from './index-definition.ts';
import type { WordCounts } from './word-counts.ts';

/** How long a write, or the deletion of what a rebuild has not seen, may take. */
const WRITE_TIMEOUT_MS = 60_000;
const FORGET_TIMEOUT_MS = 600_000;

/** A document with what its next version must name, so that nobody's write is lost. */
export type Found = { readonly source: unknown; readonly place: { readonly sequence: number; readonly term: number } };

/** A document to be written over the one found, or as a new one. */
export type Write = { readonly id: string; readonly source: object; readonly over: Found | undefined };

/** Whether writing resolves when what is written can be found, which takes longer than to write it; or before. */
export type Written = { readonly isSearchable: boolean };

type Got = {
  readonly _id: string;
  readonly found?: boolean;
  readonly _source?: unknown;
  readonly _seq_no: number;
  readonly _primary_term: number;
  readonly error?: { readonly type: string };
};
type BulkAnswer = {
  readonly items: readonly Readonly<
    Record<string, { readonly _id: string; readonly status: number; readonly error?: { type: string; reason: string } }>
  >[];
};

/** The documents of one index, by id. A missing index is made. */
export class Records {
  readonly #client: OpenSearchClient;
  readonly alias: string;
  readonly wordCounts: WordCounts;

  constructor(client: OpenSearchClient, alias: string, wordCounts: WordCounts) {
    this.#client = client;
    this.alias = alias;
    this.wordCounts = wordCounts;
  }

  /** Does what needs an index; makes the index when there is none, and does it again. */
  async within<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof IndexMissing)) throw error;
      await this.#create();
      return work();
    }
  }

  search<Answer>(body: object): Promise<Answer> {
    return this.#client.call({ method: 'POST', path: `/${this.alias}/_search`, body });
  }

  /** Several searches in one request. */
  async searchAll<Answer>(bodies: readonly object[]): Promise<Answer[]> {
    if (bodies.length === 1) return [await this.search<Answer>(bodies[0] as object)];
    const { responses } = await this.#client.call<{ responses: readonly (Refusal & { readonly status: number })[] }>({
      method: 'POST',
      path: `/${this.alias}/_msearch`,
      body: bodies.flatMap((body) => [{}, body]),
    });
    for (const response of responses) if (response.error !== undefined) throw faultOf(response.status, response);
    return responses as unknown as Answer[];
  }

  /** As they were written last, searchable or not. */
  async get(ids: readonly string[]): Promise<Map<string, Found>> {
    if (ids.length === 0) return new Map();
    const { docs } = await this.#client.call<{ docs: readonly Got[] }>({
      method: 'POST',
      path: `/${this.alias}/_mget`,
      body: { ids },
      timeoutMs: WRITE_TIMEOUT_MS,
    });
    if (docs[0]?.error?.type === 'index_not_found_exception') throw new IndexMissing();
    return new Map(
      docs.flatMap(({ _id, found, _source, _seq_no: sequence, _primary_term: term }) =>
        found === true ? [[_id, { source: _source, place: { sequence, term } }] as const] : [],
      ),
    );
  }

  /** Writes them. Answers the ids of those that somebody else wrote meanwhile: these are not written. */
  async write(writes: readonly Write[], { isSearchable }: Written = { isSearchable: true }): Promise<Set<string>> {
    if (writes.length === 0) return new Set();
    const { items } = await this.#client.call<BulkAnswer>({
      method: 'POST',
      path: `/${this.alias}/_bulk?refresh=${isSearchable}&require_alias=true`,
      body: writes.flatMap(({ id, source, over }) => [actionOf(id, over), source]),
      timeoutMs: WRITE_TIMEOUT_MS,
    });
    const conflicts = new Set<string>();
    for (const item of items) {
      const [result] = Object.values(item);
      if (result?.status === 409) conflicts.add(result._id);
      else if (result?.error !== undefined) throw failureOf(result.status, result.error);
    }
    return conflicts;
  }

  /** All that was written is searchable when it resolves. */
  async refresh(): Promise<void> {
    await this.#client.call({ method: 'POST', path: `/${this.alias}/_refresh`, timeoutMs: WRITE_TIMEOUT_MS });
  }

  /** How many can be found. */
  async countListed(): Promise<number> {
    const body = { query: { term: { isListed: true } } };
    return (await this.#client.call<{ count: number }>({ method: 'POST', path: `/${this.alias}/_count`, body })).count;
  }

  /** Listed documents in order of ids; a document is one thing here, so that it is held only when it is found. */
  async held({ afterId, throughId, limit }: HeldRange): Promise<HeldDocument[]> {
    const range = { gt: afterId, ...(throughId === null ? {} : { lte: throughId }) };
    const { hits } = await this.within(() =>
      this.search<{ hits: { hits: readonly { readonly _source: Omit<HeldDocument, 'isFindable'> }[] } }>({
        size: limit,
        _source: ['id', 'version', 'stockVersion'],
        query: { bool: { filter: [{ term: { isListed: true } }, { range: { id: range } }] } },
        sort: [{ id: 'asc' }],
      }),
    );
    return hits.hits.map(({ _source }) => ({ ..._source, isFindable: true }));
  }

  /** Forgets listings that no rebuild has seen since this one began. What is written meanwhile is seen. */
  async forgetBefore(generation: number): Promise<void> {
    await this.#client.call({
      method: 'POST',
      path: `/${this.alias}/_delete_by_query?conflicts=proceed&refresh=true`,
      body: { query: { range: { generation: { lt: generation } } } },
      timeoutMs: FORGET_TIMEOUT_MS,
    });
  }

  async #create(): Promise<void> {
    const path = `/${indexNameOf(this.alias)}`;
    try {
      await this.#client.call({ method: 'PUT', path, body: indexDefinition(this.alias), timeoutMs: WRITE_TIMEOUT_MS });
    } catch (error) {
      // Another call, or another process, was first.
      if (!(error instanceof Error && error.message.includes('resource_already_exists_exception'))) throw error;
    }
  }
}

function actionOf(_id: string, over: Found | undefined): object {
  if (over === undefined) return { create: { _id } };
  return { index: { _id, if_seq_no: over.place.sequence, if_primary_term: over.place.term } };
}

function failureOf(status: number, { type, reason }: { readonly type: string; readonly reason: string }): Error {
  if (type === 'index_not_found_exception') return new IndexMissing();
  const cause = new Error(`OpenSearch did not take a document: ${status} ${type}: ${reason}`);
  return status === 429 || status === 503 ? commonErrors.UNAVAILABLE({}, { cause }) : cause;
}
