const COLON = 58;
const QUOTE = 34;

/**
 * True when an object in a JSON text names a key twice: readers differ in which of the two they take, so what was
 * checked might not be what the service reads. `value` is what the text was parsed to; the text is valid JSON.
 */
export function hasDuplicateKeys(text: string, value: unknown): boolean {
  // Outside strings, each member of an object has one colon, and nothing else has any.
  return countColons(text) !== countKeys(value);
}

function countColons(text: string): number {
  let count = 0;
  let at = 0;
  while (at < text.length) {
    const char = text.charCodeAt(at);
    if (char === COLON) count += 1;
    at = char === QUOTE ? endOfString(text, at) + 1 : at + 1;
  }
  return count;
}

/** Index of the quote that closes the string that `open` begins. */
function endOfString(text: string, open: number): number {
  for (let quote = text.indexOf('"', open + 1); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let slashes = 0;
    while (text[quote - 1 - slashes] === '\\') slashes += 1;
    if (slashes % 2 === 0) return quote;
  }
  return text.length;
}

function countKeys(root: unknown): number {
  let count = 0;
  const waiting: unknown[] = [root];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next !== 'object' || next === null) continue;
    const values: unknown[] = Object.values(next);
    if (!Array.isArray(next)) count += values.length;
    for (const item of values) waiting.push(item);
  }
  return count;
}
