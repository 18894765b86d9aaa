/** A text in every language the interface speaks. One that is missing does not compile. */
export type Row = { readonly en: string; readonly th: string; readonly es: string; readonly ja: string };
export type Table = Readonly<Record<string, Row>>;
