/** The marketplaces whose goods look different after these events, so that answers kept for guests are no longer true. */
export function marketplacesChanged(
  events: readonly { readonly type: string; readonly marketplaceid: string }[],
): string[] {
  const changes = events.filter(({ type }) => /^(listing|store)\./.test(type));
  return [...new Set(changes.map(({ marketplaceid }) => marketplaceid))];
}
