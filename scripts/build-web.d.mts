/** Builds the web app unless the last build was made from the same sources. */
export function buildWeb(): Promise<void>;
