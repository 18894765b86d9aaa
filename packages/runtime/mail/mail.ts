/** A letter to one person, already in their language. */
export type Letter = {
  readonly marketplaceId: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
};
export type Mail = {
  send(letter: Letter): Promise<void>;
  /** Letters on their way at once; as many as there are, unless it says so. */
  readonly togetherMax?: number;
};

export type TextMessage = { readonly marketplaceId: string; readonly to: string; readonly text: string };
export type Sms = { send(message: TextMessage): Promise<void> };
