/** The same number for the same line, counted up from 0 over all texts; the order of first sight. */
export function internLines(...texts: readonly (readonly string[])[]): Int32Array[] {
  const ids = new Map<string, number>();
  return texts.map((lines) =>
    Int32Array.from(lines, (line) => {
      const known = ids.get(line);
      if (known !== undefined) return known;
      ids.set(line, ids.size);
      return ids.size - 1;
    }),
  );
}

/**
 * Tokens for windows of twice the width: entry i stands for the pair (i, i + width). Equal pairs in either list get
 * the same number. A table of its own, since a Map of 100,000 pairs is the slowest part of a comparison.
 */
export function internPairs(lists: readonly Int32Array[], width: number): Int32Array[] {
  const total = lists.reduce((sum, list) => sum + Math.max(list.length - width, 0), 0);
  const mask = 2 ** Math.ceil(Math.log2(Math.max(total, 1) * 2)) - 1;
  const slots = new Int32Array(mask + 1);
  const first = new Int32Array(total);
  const second = new Int32Array(total);
  let known = 0;
  return lists.map((list) => {
    const tokens = new Int32Array(Math.max(list.length - width, 0));
    for (let index = 0; index < tokens.length; index += 1) {
      const x = list[index] ?? 0;
      const y = list[index + width] ?? 0;
      let slot = mix(x, y) & mask;
      for (let id = slots[slot] ?? 0; id !== 0; id = slots[slot] ?? 0) {
        if (first[id - 1] === x && second[id - 1] === y) break;
        slot = (slot + 1) & mask;
      }
      if (slots[slot] === 0) {
        first[known] = x;
        second[known] = y;
        known += 1;
        slots[slot] = known;
      }
      tokens[index] = (slots[slot] ?? 1) - 1;
    }
    return tokens;
  });
}

function mix(x: number, y: number): number {
  const mixed = Math.imul(x, 0x9e3779b1) ^ Math.imul(y, 0x85ebca6b);
  return Math.imul(mixed ^ (mixed >>> 15), 0xc2b2ae35) >>> 3;
}
