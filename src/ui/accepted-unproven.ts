/** What the user goes without, by the runtime's name; whatever is no list of names accepts nothing. */
export function parseAccepted(value: unknown): Record<string, readonly string[]> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).map(([runtime, ids]: [string, unknown]) => [
      runtime,
      Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [],
    ]),
  );
}
