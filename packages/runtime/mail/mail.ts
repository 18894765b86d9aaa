/** A letter to one person, already in their language. */
export type Letter = {
  readonly marketplaceId: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  /** Takes a POST that ends mails of this kind, without signing in: mail programs offer it beside the sender (RFC 8058). */
  readonly unsubscribeUrl?: string;
};
export type Mail = {
  send(letter: Letter): Promise<void>;
  /** Letters on their way at once; as many as there are, unless it says so. */
  readonly togetherMax?: number;
};

export type TextMessage = { readonly marketplaceId: string; readonly to: string; readonly text: string };
export type Sms = { send(message: TextMessage): Promise<void> };
