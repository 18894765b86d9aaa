import type { Subject } from '../art/index.ts';

/** What is drawn, in which color, and in which second color: `phone #2b4c7e #f2a65a`. */
export type Picture = `${Subject} #${string} #${string}`;

/** Which file a digital listing delivers. */
export type DemoFile = 'model' | 'texture' | 'sound' | 'archive';

/** A listing as its seller wrote it. Prices are in major units (dollars, baht), as people write them. */
export type DemoListing = {
  readonly title: string;
  /** Unique in its store; part of the address. */
  readonly handle: string;
  readonly category: string;
  readonly price: number;
  readonly picture: Picture;
  readonly text: string;
  readonly was?: number;
  /** Pieces in all, shared out over the variants; left out: one. */
  readonly stock?: number;
  readonly attributes?: Readonly<Record<string, string | number | boolean | readonly string[]>>;
  readonly condition?: 'new' | 'refurbished' | 'like_new' | 'good' | 'fair' | 'for_parts';
  /** A choice: its name and values; a value may cost more: `XL +2`. */
  readonly option?: readonly [name: string, ...values: string[]];
  readonly grams?: number;
  readonly file?: DemoFile;
  readonly kind?: 'service';
  readonly tags?: readonly string[];
};

export type DemoStore = {
  readonly slug: string;
  readonly name: string;
  readonly text: string;
  readonly locale: 'en' | 'th' | 'es' | 'ja';
  readonly city: string;
  readonly region: string;
  readonly country: string;
  /** The person behind it; left out: the demo's seller (seller@demo.test). */
  readonly owner?: string;
  readonly logo: Picture;
  readonly listings: readonly DemoListing[];
};
