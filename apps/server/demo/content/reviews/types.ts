/** What the owner of a store says of something bought from another store of the street. */
export type DemoReview = {
  /** The listing's handle; each is in one store of the marketplace only. */
  readonly of: string;
  readonly stars: 1 | 2 | 3 | 4 | 5;
  readonly text?: string;
  /** What the store answers. */
  readonly reply?: string;
};

/** Reviews by the slug of the store whose owner wrote them, in that store's language. */
export type DemoReviews = Readonly<Record<string, readonly DemoReview[]>>;
