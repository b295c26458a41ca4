/**
 * What two readings of one script are compared in: which commands it has, of which words, assignments and
 * redirections, and what stands inside what. Offsets count UTF-16 units from the start of the text.
 */
export interface Item {
  readonly label: string;
  /** A word without its quotes and escapes; undefined where it is not known before it is expanded. */
  readonly text?: string | undefined;
  /** Undefined where the place follows from what stands inside. */
  readonly offset?: number;
  readonly items: readonly Item[];
}

export function renderOutline(items: readonly Item[], indent = ''): string {
  return items
    .map(({ label, text, offset, items: inner }) => {
      const place = offset === undefined ? '' : ` @${offset}`;
      const shown = text === undefined ? '' : ` ${JSON.stringify(text)}`;
      return `${indent}${label}${shown}${place}\n${renderOutline(inner, `${indent}  `)}`;
    })
    .join('');
}

export function inOrder(items: readonly Item[]): Item[] {
  return [...items].sort((left, right) => (left.offset ?? 0) - (right.offset ?? 0));
}

/** The items without the texts that the other reading does not know at the same place. */
export function keepComparable(items: readonly Item[], others: readonly Item[]): Item[] {
  return items.map((item, index) => {
    const other = others[index];
    const text = other?.text === undefined ? undefined : item.text;
    return { ...item, text, items: keepComparable(item.items, other?.items ?? []) };
  });
}

/** Braces and commas alone may become no word at all, and tell nothing. */
export function isBracesOnly(text: string): boolean {
  return /^[{},\s]+$/.test(text);
}

export const pipe: Item = { label: '|', items: [] };
export const negation: Item = { label: '!', items: [] };

/** What `|&` adds to the command before it. */
export function joinErrors(offset: number): Item {
  return { label: '2>&', text: '1', offset, items: [] };
}

/** Where an item's text begins. */
export function startOf({ offset, items }: Item): number {
  return offset ?? Math.min(...items.map(startOf));
}
