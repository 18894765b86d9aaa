import { createVectorIndex, type Neighbor, type VectorIndex } from '../vectors/vector-index.ts';
import { type Marks, MarksTable } from './marks.ts';

/** How a listing's picture looks. */
export type PictureLook = Marks & {
  readonly assetId: string;
  /** What described it; descriptions of other models cannot be compared. */
  readonly model: string;
  readonly vector: Int8Array;
};

/** The pictures of a listing that is on sale. */
export type ListingPictures = {
  readonly listingId: string;
  readonly storeId: string;
  readonly assetIds: readonly string[];
};

/** A picture that others are compared with. */
export type AskedLook = {
  readonly marks: Marks;
  /** Its marks as if it were framed otherwise; of a listing's picture none are kept. */
  readonly framings: readonly Marks[];
  readonly model: string;
  readonly vector: Int8Array;
};

/** A listing, and the picture for which it was found. */
export type LookMatch = {
  readonly listingId: string;
  readonly storeId: string;
  readonly isSamePicture: boolean;
  /** Cosine of the descriptions; of the same picture, the share of its bits that agree. */
  readonly similarity: number;
};

/**
 * The pictures of one marketplace's listings in memory: 96 bytes and a description each. A picture may be of several listings,
 * its look may be known before its listing is, and the other way round.
 */
export class Looks {
  readonly #marks = new MarksTable();
  /** By model. While pictures are described anew there are two; what the other says of a picture is forgotten. */
  readonly #vectors = new Map<string, VectorIndex>();
  readonly #modelOf = new Map<string, string>();
  readonly #pictures = new Map<string, ListingPictures>();
  readonly #listingsOf = new Map<string, Set<string>>();

  get pictureCount(): number {
    return this.#marks.size;
  }

  putLook({ assetId, model, vector, ...marks }: PictureLook): void {
    this.#marks.put(assetId, marks);
    const before = this.#modelOf.get(assetId);
    if (before !== model && before !== undefined) this.#vectors.get(before)?.remove(assetId);
    this.#modelOf.set(assetId, model);
    let vectors = this.#vectors.get(model);
    // A model that changed its dimensions without saying so begins anew.
    if (vectors === undefined || vectors.dimensions !== vector.length) {
      vectors = createVectorIndex(vector.length);
      this.#vectors.set(model, vectors);
    }
    vectors.put(assetId, vector);
  }

  /** Over what was known of the listing; without pictures it is not found. */
  putListing(pictures: ListingPictures): void {
    const { listingId, assetIds } = pictures;
    for (const assetId of this.#pictures.get(listingId)?.assetIds ?? [])
      this.#listingsOf.get(assetId)?.delete(listingId);
    for (const assetId of assetIds) {
      const listings = this.#listingsOf.get(assetId) ?? new Set();
      this.#listingsOf.set(assetId, listings.add(listingId));
    }
    if (assetIds.length === 0) this.#pictures.delete(listingId);
    else this.#pictures.set(listingId, pictures);
  }

  picturesOf(listingId: string): ListingPictures | undefined {
    return this.#pictures.get(listingId);
  }

  /** A listing's picture as one to compare others with; undefined while nobody has looked at it. */
  lookOf(assetId: string): AskedLook | undefined {
    const model = this.#modelOf.get(assetId);
    const marks = this.#marks.find(assetId);
    const vector = model === undefined ? undefined : this.#vectors.get(model)?.find(assetId);
    return model === undefined || marks === undefined || vector === undefined
      ? undefined
      : { marks, framings: [], model, vector };
  }

  /** Listings with the same picture, nearest first, each once. Where there is none as it is, with a cut of it or what it is a cut of. */
  same({ marks, framings }: Pick<AskedLook, 'marks' | 'framings'>): LookMatch[] {
    const asItIs = this.#marks.same([marks]);
    const found = asItIs.length > 0 ? asItIs : this.#marks.same(framings);
    return this.#listings(
      found.map(({ id, apart }) => ({ id, similarity: 1 - apart })),
      true,
    );
  }

  /** At most so many listings whose pictures look alike, most alike first, each once. */
  alike({ model, vector }: AskedLook, count: number): LookMatch[] {
    const vectors = this.#vectors.get(model);
    if (vectors === undefined || vectors.dimensions !== vector.length) return [];
    const isShown = (assetId: string) => (this.#listingsOf.get(assetId)?.size ?? 0) > 0;
    return this.#listings(vectors.nearest(vector, count, isShown), false).slice(0, count);
  }

  #listings(found: readonly Neighbor[], isSamePicture: boolean): LookMatch[] {
    const matches = new Map<string, LookMatch>();
    for (const { id, similarity } of found) {
      for (const listingId of this.#listingsOf.get(id) ?? []) {
        const storeId = this.#pictures.get(listingId)?.storeId ?? '';
        if (!matches.has(listingId)) matches.set(listingId, { listingId, storeId, isSamePicture, similarity });
      }
    }
    return [...matches.values()];
  }
}
