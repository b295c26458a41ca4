import { findDelimiter } from './delimited.js';

const MAX_LENGTH = 20_000;

/** Commands that take nothing, and those that may take a number. */
const PLAIN = '=dDFgGhHnNpPxz';
const NUMBERED = 'qQl';

const REFUSED: Readonly<Record<string, string>> = {
  e: 'its command "e" would start a program',
  r: 'its command "r" would read another file',
  R: 'its command "R" would read another file',
  w: 'its command "w" would write another file',
  W: 'its command "W" would write another file',
};

type Reason = string | undefined;

/**
 * Why this sed script may not run; undefined when it only edits what passes through it. Reads the language of GNU sed
 * 4.9 as its compile.c does, and refuses what is beyond the subset or could be read in two ways. Takes linear time.
 */
export function checkSedScript(script: string): Reason {
  if (script.length > MAX_LENGTH) return `the sed script is longer than ${MAX_LENGTH} characters`;
  if (/\0|\p{Cs}/u.test(script)) return 'the sed script holds characters that no text has';
  const found = new SedReader(script).read();
  return found === undefined ? undefined : `sed script: ${found}`;
}

class SedReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): Reason {
    for (;;) {
      this.#skip(/[ \t\n;]*/y);
      if (this.#at >= this.#text.length) return undefined;
      const reason = this.#readCommand();
      if (reason !== undefined) return reason;
    }
  }

  #readCommand(): Reason {
    const start = this.#at;
    const first = this.#readAddress(false);
    if (typeof first === 'string') return first;
    if (first) {
      this.#skip(/[ \t]*/y);
      if (this.#take(',')) {
        this.#skip(/[ \t]*/y);
        const second = this.#readAddress(true);
        if (typeof second === 'string') return second;
        if (!second) return this.#unclear('the second address');
      }
    }
    this.#skip(/[ \t]*/y);
    if (this.#take('!')) this.#skip(/[ \t]*/y);
    return this.#readFunction(this.#at > start);
  }

  /** True when there was one. */
  #readAddress(isSecond: boolean): boolean | string {
    if (this.#skip(isSecond ? /\$|[+~]?\d+/y : /\$|\d+(?:[ \t]*~[ \t]*\d+)?/y)) return true;
    const isCustom = this.#take('\\');
    if (!isCustom && this.#text[this.#at] !== '/') return false;
    const delimiter = this.#readDelimiter();
    if (delimiter === undefined) return this.#unclear('an address');
    if (!this.#readDelimited(delimiter, true)) return this.#unclear('the regular expression of an address');
    this.#skip(/(?:[ \t]*[IM])*/y);
    return true;
  }

  #readFunction(hasAddress: boolean): Reason {
    const name = this.#text[this.#at] ?? '';
    this.#at += 1;
    if (Object.hasOwn(REFUSED, name)) return REFUSED[name];
    if (name !== '' && PLAIN.includes(name)) return this.#endCommand();
    if (name !== '' && NUMBERED.includes(name)) {
      this.#skip(/[ \t]*\d*/y);
      return this.#endCommand();
    }
    switch (name) {
      case '{':
        return undefined;
      case '}':
        return hasAddress ? this.#unclear('an address before "}"') : this.#endCommand();
      case '#':
        if (hasAddress) return this.#unclear('an address before a comment');
        this.#skip(/[^\n]*/y);
        return undefined;
      case ':':
        if (hasAddress || !this.#skip(/[ \t]*[\w.-]+[ \t]*(?=[\n;]|$)/y)) return this.#unclear('a label');
        return undefined;
      case 'b':
      case 't':
      case 'T':
        return this.#skip(/[ \t]*[\w.-]*[ \t]*(?=[\n;]|$|\}+[ \t]*(?:[\n;]|$))/y)
          ? undefined
          : this.#unclear('a label');
      case 'a':
      case 'i':
      case 'c':
        return this.#readText();
      case 's':
        return this.#readSubstitution();
      case 'y':
        return this.#readPair(false) ? this.#endCommand() : this.#unclear('the command "y"');
      default:
        return this.#unclear(name === '' ? 'a missing command' : `the command "${name}"`);
    }
  }

  #readSubstitution(): Reason {
    if (!this.#readPair(true)) return this.#unclear('the command "s"');
    this.#skip(/[gpiImM\d]*/y);
    const next = this.#text[this.#at];
    if (next === 'e') return 'the flag "e" of its command "s" would start a program';
    if (next === 'w') return 'the flag "w" of its command "s" would write another file';
    return this.#endCommand();
  }

  /** Two texts between three delimiters; only the first may be a regular expression. */
  #readPair(isRegex: boolean): boolean {
    const delimiter = this.#readDelimiter();
    if (delimiter === undefined) return false;
    return this.#readDelimited(delimiter, isRegex) && this.#readDelimited(delimiter, false);
  }

  #readDelimiter(): string | undefined {
    const char = this.#text[this.#at] ?? '';
    if (!/^[ -[\]-~]$/.test(char)) return undefined;
    this.#at += 1;
    return char;
  }

  #readDelimited(delimiter: string, isRegex: boolean): boolean {
    const end = findDelimiter(this.#text, this.#at, delimiter, isRegex);
    if (end === undefined) return false;
    this.#at = end + 1;
    return true;
  }

  /** The text of `a`, `i`, `c`: classic (`a\`, newline, text) or on one line. A backslash keeps the line's end. */
  #readText(): Reason {
    this.#skip(/[ \t]*/y);
    if (this.#take('\\')) {
      // After `a\` and blanks, or `a\\`, versions differ about where the text begins.
      if (!this.#skip(/\n|(?=[ \t]*[^\\\s])/y)) return this.#unclear('the text to insert');
    } else if (!/[^\s]/.test(this.#text[this.#at] ?? '')) {
      return this.#unclear('the text to insert');
    }
    if (!this.#skip(/(?:[^\\\n]|\\[\s\S])*(?=\n|$)/y)) return this.#unclear('the text to insert');
    return undefined;
  }

  #endCommand(): Reason {
    return this.#skip(/[ \t]*(?:[\n;]|$|(?=[}#]))/y) ? undefined : this.#unclear('what follows a command');
  }

  #take(char: string): boolean {
    if (this.#text[this.#at] !== char) return false;
    this.#at += 1;
    return true;
  }

  /** Takes what the (sticky) pattern matches; false when it does not. */
  #skip(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    if (!pattern.test(this.#text)) return false;
    this.#at = pattern.lastIndex;
    return true;
  }

  #unclear(what: string): string {
    return `${what} is not understood (at character ${Math.min(this.#at, this.#text.length) + 1})`;
  }
}
