import type { VectorModel } from '@plaza/runtime/models';

/** What a text is to be compared as: some models want to know. */
export type TextRole = 'listing' | 'query';

/**
 * Turns texts into vectors that point the same way when the texts are alike. Every adapter passes `embeddings.test.ts`.
 * Which one is used is a setting (`settings.ts`).
 */
export type Embeddings = VectorModel & {
  /** False: only letters are compared. What is found so is alike in spelling, and is never called more. */
  readonly isOfMeaning: boolean;
  /**
   * A vector for each text, in order; of zeros for one that says nothing. Any number of texts of any length: a long one is
   * cut.
   * @throws InputRefused when these texts will never be taken
   */
  embed(texts: readonly string[], role: TextRole): Promise<Float32Array[]>;
};
