/** A line as `read` took it: `kept` holds the places of characters that a backslash protects. */
export interface ProtectedText {
  readonly text: string;
  readonly kept: ReadonlySet<number>;
}

/** What bash makes of a backslash that nothing follows: gone beside other text, this character alone. */
const BARE = '\x01';

/** Without the backslashes, unless they are characters like any other. */
export function removeEscapes(line: string, raw: boolean): ProtectedText {
  const kept = new Set<number>();
  if (raw) return { text: line, kept };
  let text = '';
  for (const [whole, next] of line.matchAll(/[^\\]+|\\(.?)/gs)) {
    if (next === undefined) text += whole;
    else if (next === '\0') break;
    else if (next !== '\n') {
      kept.add(text.length);
      text += next === '' ? BARE : next;
    }
  }
  return { text, kept };
}

/** The variables and their values: the last one takes the rest. Without a name, REPLY takes the line as it is. */
export function assignFields(
  line: ProtectedText,
  names: readonly string[],
  separators: string,
): readonly (readonly [name: string, value: string])[] {
  if (names.length === 0) return [['REPLY', cut(line, 0, line.text.length)]];
  const splitter = new Splitter(line, separators);
  return names.map((name, index) => [name, index < names.length - 1 ? splitter.field() : splitter.rest()]);
}

/** POSIX field splitting, as far as a `read` goes through it; white space is what of it IFS holds. */
class Splitter {
  readonly #line: ProtectedText;
  readonly #separators: string;
  #at: number;

  constructor(line: ProtectedText, separators: string) {
    this.#line = line;
    this.#separators = separators;
    this.#at = this.#skipBlanks(0);
  }

  field(): string {
    const start = this.#at;
    let end = start;
    while (end < this.#line.text.length && !this.#separates(end)) end += 1;
    const value = cut(this.#line, start, end);
    if (end === this.#line.text.length) {
      this.#at = end;
      return value;
    }
    this.#at = this.#skipBlanks(end + 1);
    // A separator may have white space on either side of it.
    if (this.#isBlank(end) && this.#separates(this.#at)) this.#at = this.#skipBlanks(this.#at + 1);
    return value;
  }

  /** One field without the separator behind it; more than one with all that is between and behind them. */
  rest(): string {
    const start = this.#at;
    const only = this.field();
    const { text, kept } = this.#line;
    if (this.#at === text.length) return only;
    let end = text.length;
    while (end > start && this.#blanks.includes(text[end - 1] ?? '') && !isBare(kept, text, end - 1))
      end -= 1;
    return cut(this.#line, start, end);
  }

  get #blanks(): string {
    return [' ', '\t', '\n'].filter((blank) => this.#separators.includes(blank)).join('');
  }

  #skipBlanks(from: number): number {
    let at = from;
    while (this.#isBlank(at)) at += 1;
    return at;
  }

  #isBlank(at: number): boolean {
    return this.#separates(at) && ' \t\n'.includes(this.#line.text[at] ?? '.');
  }

  #separates(at: number): boolean {
    const { text, kept } = this.#line;
    const unit = text[at];
    return unit !== undefined && !kept.has(at) && this.#separators.includes(unit);
  }
}

function isBare(kept: ReadonlySet<number>, text: string, at: number): boolean {
  return kept.has(at) && text[at] === BARE;
}

function cut({ text, kept }: ProtectedText, start: number, end: number): string {
  const value = text.slice(start, end);
  return value.length > 1 && isBare(kept, text, end - 1) ? value.slice(0, -1) : value;
}
