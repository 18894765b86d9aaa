import { type FieldError, invalidInput } from '@plaza/kernel';
import type { Attributes, ListingImage, ListingKind, ListingState, Location } from '../contract.ts';
import { errors } from '../errors.ts';
import type { VariantRecord } from './variants.ts';

/** A listing, whole, as operations work on it. Ids are database UUIDs. */
export type ListingRecord = {
  readonly id: string;
  readonly storeId: string;
  readonly state: ListingState;
  readonly kind: ListingKind;
  readonly handle: string;
  readonly slug: string;
  readonly title: string;
  readonly description: string;
  readonly categoryId: string;
  /** Category ids from the root to its own; at most `CATEGORY_DEPTH_MAX`. */
  readonly categoryPath: readonly string[];
  readonly attributes: Attributes;
  readonly condition: string | null;
  readonly location: Location | null;
  readonly tags: readonly string[];
  readonly images: readonly ListingImage[];
  readonly taxClass: string;
  readonly isOfferAllowed: boolean;
  readonly externalId: string | null;
  readonly currency: string;
  readonly facets: readonly string[];
  readonly currentReleaseId: string | null;
  readonly stockVersion: number;
  readonly version: number;
  readonly createdTime: Date;
  readonly updatedTime: Date;
  readonly publishedTime: Date | null;
  readonly variants: readonly VariantRecord[];
};

/** A listing as its page shows it: without what it is only filtered and counted by. */
export type ListingFace = Omit<ListingRecord, 'facets' | 'stockVersion'>;

/** Levels of categories that the table has columns for. */
export const CATEGORY_DEPTH_MAX = 4;

/** Where a listing may go from each state. Only an operator suspends and reinstates; a deleted one stays deleted. */
export const EXITS = {
  draft: ['published', 'deleted', 'suspended'],
  published: ['paused', 'sold', 'deleted', 'suspended'],
  paused: ['published', 'sold', 'deleted', 'suspended'],
  sold: ['published', 'deleted', 'suspended'],
  suspended: ['paused', 'deleted'],
  deleted: [],
} as const satisfies Record<ListingState, readonly ListingState[]>;

/**
 * Moves a listing along its life. To be published again it keeps its first publication time, so that pausing does
 * not push it to the top of the newest.
 */
export function transition(listing: ListingRecord, to: ListingState, at: Date): ListingRecord {
  const exits: readonly ListingState[] = EXITS[listing.state];
  if (!exits.includes(to)) throw errors.ILLEGAL_TRANSITION({ from: listing.state, to });
  return {
    ...listing,
    state: to,
    publishedTime: to === 'published' ? (listing.publishedTime ?? at) : listing.publishedTime,
  };
}

/** Refuses to publish what a buyer could not use: a digital listing without files. */
export function requirePublishable(
  listing: Pick<ListingRecord, 'kind' | 'currentReleaseId'>,
  missing: FieldError[],
): void {
  const found = [...missing];
  if (listing.kind === 'digital' && listing.currentReleaseId === null)
    found.push({
      pointer: '/release',
      code: 'required',
      detail: 'add a release with at least one file before publishing',
    });
  if (found.length > 0) throw invalidInput(found);
}
