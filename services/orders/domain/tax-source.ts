/** Who computed a quote's taxes, when it was not the table alone. Frozen with the quote. */
export type TaxSource = {
  readonly engine: string;
  readonly reference: string | null;
  /** The engine did not answer: the table was used in its place, as the marketplace's setting allows. */
  readonly isFallback: boolean;
  /** Of the question, so that the same is not asked twice. */
  readonly fingerprint: string;
};
