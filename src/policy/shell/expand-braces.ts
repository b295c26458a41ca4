import { expandRange } from './expand-range.js';
import { maxBraceChars, maxBraceWords, maxBraceWordsInAll, maxOpenBraces } from './limits.js';
import { type Piece, pushRaw } from './piece.js';
import type { Reader } from './reader.js';
import { refuse, refuseLimit } from './refuse.js';

/** An unquoted character or run of them, or what braces leave alone. */
type Item = string | Piece;
type Items = readonly Item[];

/**
 * What the braces of a word make of it, in bash's own order and with its own rules of what is literal.
 * Undefined if no brace has an effect.
 */
export function expandBraces(
  reader: Reader,
  pieces: readonly Piece[],
  offset: number,
): readonly (readonly Piece[])[] | undefined {
  const items = splitItems(pieces);
  if (items.filter((item) => item === '{').length > maxOpenBraces)
    return refuseLimit(`a word has more than ${maxOpenBraces} open braces: quote it`, offset);
  const expansion = new Expansion(items, offset);
  const words = expansion.expand(0, items.length);
  if (!expansion.changed) return undefined;
  const { budget } = reader;
  budget.braceWords += words.length;
  if (budget.braceWords > maxBraceWordsInAll)
    return refuseLimit(`braces make more than ${maxBraceWordsInAll} words`, offset);
  const copied = words.flat().reduce((sum, item) => sum + countCommands(item), 0);
  const once = items.reduce((sum, item) => sum + countCommands(item), 0);
  reader.countCommands(Math.max(0, copied - once), offset);
  return words.map(joinItems);
}

function countCommands(item: Item): number {
  return typeof item !== 'string' && item.kind === 'part' ? item.commands : 0;
}

class Expansion {
  changed = false;

  constructor(
    private readonly items: Items,
    private readonly offset: number,
  ) {}

  expand(from: number, to: number): readonly Items[] {
    const { items } = this;
    let open = from;
    let close = -1;
    for (; ; open += 1) {
      open = this.find('{', open, to, from);
      if (open < 0) return [items.slice(from, to)];
      close = this.find('}', open + 1, to, from);
      if (close >= 0) break;
    }
    this.refuseBlankBefore(open);
    const middle = this.expandInside(open, close);
    const tails = close + 1 < to ? this.expand(close + 1, to) : [[]];
    return this.combine(items.slice(from, open), middle, tails);
  }

  private expandInside(open: number, close: number): readonly Items[] {
    const { items } = this;
    if (this.find(',', open + 1, close, open + 1) >= 0) {
      this.changed = true;
      return this.expandList(open + 1, close);
    }
    const inside = items.slice(open + 1, close);
    // bash drops the braces of some of these and keeps those of others.
    if (inside.some((item) => typeof item !== 'string' || item === ',' || item === '{'))
      return refuse('brace expansion', this.offset);
    const range = expandRange(inside.join(''));
    if (range === 'unsupported') return refuse('brace expansion', this.offset);
    if (range === 'too long') return this.refuseCount();
    if (range === undefined) return [items.slice(open, close + 1)];
    this.changed = true;
    return range.map((text) => [text]);
  }

  private expandList(from: number, to: number): readonly Items[] {
    const words: Items[] = [];
    for (let start = from; ; ) {
      const comma = this.find(',', start, to, start);
      words.push(...this.expand(start, comma < 0 ? to : comma));
      if (words.length > maxBraceWords) return this.refuseCount();
      if (comma < 0) return words;
      start = comma + 1;
    }
  }

  private combine(head: Items, middle: readonly Items[], tails: readonly Items[]): readonly Items[] {
    if (middle.length * tails.length > maxBraceWords) return this.refuseCount();
    const each = size([head]) * middle.length * tails.length;
    const made = each + size(middle) * tails.length + size(tails) * middle.length;
    if (made > maxBraceChars) return this.refuseCount();
    return middle.flatMap((inner) => tails.map((tail) => [...head, ...inner, ...tail]));
  }

  /** The place of `wanted` outside inner braces, or -1. A `}` counts once a comma or `..` was seen. */
  private find(wanted: '{' | '}' | ',', from: number, to: number, textStart: number): number {
    const { items } = this;
    let level = 0;
    let separated = wanted !== '}';
    for (let at = from; at < to; at += 1) {
      const item = items[at];
      if (item === wanted && level === 0 && separated) {
        const alone = item === '{' && at === textStart && (at + 1 === to || items[at + 1] === '}');
        if (!alone) return at;
      } else if (item === '{') level += 1;
      else if (item === '}') level = Math.max(0, level - 1);
      else if (level > 0) continue;
      else if (item === ',') separated = true;
      else if (
        item === '.' &&
        items[at + 1] === '.' &&
        at + 1 < to &&
        !(at + 2 < to && items[at + 2] === '}')
      )
        separated = true;
    }
    return -1;
  }

  /** bash takes `{}` behind an escaped blank for text, whatever follows. */
  private refuseBlankBefore(open: number): void {
    const before = this.items[open - 1];
    if (this.items[open + 1] !== '}' || typeof before !== 'object') return;
    if (before.kind === 'quoted' && /[ \t\n]$/.test(before.text)) refuse('brace expansion', this.offset);
  }

  private refuseCount(): never {
    return refuseLimit(`braces make more than ${maxBraceWords} words of one, or too long ones`, this.offset);
  }
}

function size(lists: readonly Items[]): number {
  let total = 0;
  for (const items of lists) for (const item of items) total += typeof item === 'string' ? item.length : 1;
  return total;
}

function splitItems(pieces: readonly Piece[]): Item[] {
  return pieces.flatMap((piece): Item[] =>
    piece.kind === 'raw' ? (piece.text.match(/[{},.]|[^{},.]+/g) ?? []) : [piece],
  );
}

function joinItems(items: Items): readonly Piece[] {
  const pieces: Piece[] = [];
  let raw = '';
  for (const item of items) {
    if (typeof item === 'string') {
      raw += item;
      continue;
    }
    if (raw !== '') pushRaw(pieces, raw);
    raw = '';
    pieces.push(item);
  }
  if (raw !== '') pushRaw(pieces, raw);
  return pieces;
}
