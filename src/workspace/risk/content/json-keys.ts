/**
 * The top-level keys whose values differ between two JSON objects; undefined when that cannot be told, because one is
 * no JSON object. A missing file has no key.
 */
export function listChangedKeys(
  before: string | undefined,
  after: string | undefined,
): readonly string[] | undefined {
  const old = readKeys(before);
  const later = readKeys(after);
  if (old === undefined || later === undefined) return undefined;
  return [...new Set([...old.keys(), ...later.keys()])].filter((key) => old.get(key) !== later.get(key));
}

function readKeys(text: string | undefined): ReadonlyMap<string, string> | undefined {
  if (text === undefined) return new Map();
  try {
    const value: unknown = JSON.parse(text.replace(/^\ufeff/, ''));
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    return new Map(Object.entries(value).map(([key, inner]) => [key, JSON.stringify(inner)]));
  } catch {
    return undefined; // Not JSON, or nested too deep: the caller flags what cannot be told.
  }
}
