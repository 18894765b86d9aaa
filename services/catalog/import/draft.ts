/** Where in a file something stands: its line, and the column as the file names it. */
export type Place = { readonly row: number; readonly column: string | null };

/** Something wrong at a place of the file. */
export type Mistake = Place & { readonly code: string; readonly message: string };

/** A text of the file with its place, so that a mistake found later can still point to it. */
export type Cell = Place & { readonly text: string };

/** A variant as a file says it; amounts and counts still text. Absent: the file does not say. */
export type DraftVariant = {
  readonly row: number;
  readonly sku: string | null;
  readonly options: readonly { readonly name: string; readonly value: string }[];
  readonly price: Cell | undefined;
  readonly compareAtPrice: Cell | undefined;
  /** `null`: unlimited. */
  readonly onHand: Cell | null | undefined;
  readonly weightGrams: Cell | undefined;
  readonly externalId: string | null;
};

/** A listing as a file says it, whatever the format. Absent: the file does not say, what there is stays. */
export type Draft = {
  readonly row: number;
  /** The last line it was read from. */
  readonly lastRow: number;
  readonly handle: string;
  readonly title: Cell;
  readonly description: Cell | undefined;
  /** From the most telling on: ids, names, or paths like `Home > Lamps`. */
  readonly categories: readonly Cell[];
  readonly kind: Cell | undefined;
  readonly condition: Cell | undefined;
  readonly state: 'draft' | 'published' | 'paused' | undefined;
  readonly tags: readonly string[] | undefined;
  readonly images: readonly { readonly url: string; readonly alt: string | null }[] | undefined;
  readonly attributes: readonly {
    readonly key: string;
    readonly value: unknown;
    readonly isHint: boolean;
    readonly place: Place;
  }[];
  readonly externalId: string | null;
  readonly variants: readonly DraftVariant[];
  /** Programs always write decimals after a point. A table may come from a spreadsheet, which writes them as its country does. */
  readonly decimalsAfter: 'point' | 'point or comma';
  /** What is wrong with it already. */
  readonly mistakes: readonly Mistake[];
  /** The rows as they were, for a lossless export; only Shopify's. */
  readonly raw: readonly Readonly<Record<string, string>>[] | null;
};
