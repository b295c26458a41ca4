const HEADER = /^\s*\[{1,2}([^[\]]+)\]{1,2}\s*(?:#.*)?$/;
const KEY = /^\s*([A-Za-z0-9_-]+)\s*=/;
const COMMENT = /^\s*(?:#.*)?$/;
const MULTI_LINE = /"""|'''/;

/**
 * The keys, as `table.key`, whose text differs between two TOML files; undefined when that cannot be told by the line.
 * No parser: what the lines do not tell becomes a key that nobody calls harmless.
 */
export function listChangedTomlKeys(
  before: string | undefined,
  after: string | undefined,
): readonly string[] | undefined {
  if (before === after) return [];
  if (MULTI_LINE.test(before ?? '') || MULTI_LINE.test(after ?? '')) return undefined;
  const old = readKeys(before ?? '');
  const later = readKeys(after ?? '');
  return [...new Set([...old.keys(), ...later.keys()])].filter((key) => old.get(key) !== later.get(key));
}

/** A line without a key of its own belongs to the one before it. */
function readKeys(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  let table = '';
  let key = '';
  for (const line of text.replace(/^\ufeff/, '').split('\n')) {
    if (COMMENT.test(line)) continue;
    const header = HEADER.exec(line)?.[1]?.trim();
    if (header !== undefined) {
      table = header;
      key = '';
    } else key = KEY.exec(line)?.[1] ?? (isContinuation(line) ? key : line.trim());
    const full = `${table}.${key}`;
    found.set(full, `${found.get(full) ?? ''}${line.trim()}\n`);
  }
  return found;
}

/** Of an array: a line that sets nothing, or begins with an inline table. A quoted or dotted key is neither. */
function isContinuation(line: string): boolean {
  return !line.includes('=') || /^\s*\{/.test(line);
}
