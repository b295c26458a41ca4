import type { Redirect, Script } from './ast.js';
import { BREAK, classOf } from './chars.js';
import { maxCommands, maxDepth } from './limits.js';
import { refuseLimit } from './refuse.js';

/** A heredoc whose body starts behind the next line end. */
export interface PendingHeredoc {
  readonly delimiter: string;
  /** The delimiter was quoted: the body is taken as it is. */
  readonly literal: boolean;
  readonly stripTabs: boolean;
  readonly fd: number;
  readonly offset: number;
  /** Where the redirection goes once the body is read. */
  readonly redirects: Redirect[];
  readonly index: number;
}

/** What all readers of one script share. */
export interface Budget {
  depth: number;
  commands: number;
  braceWords: number;
  /** Handed down, so that words do not import the grammar that they are part of. */
  readonly parseUntil: (reader: Reader, stop: ')' | 'end') => Script;
}

/** A place in a text; the inside of backticks and of heredocs is a text of its own. */
export class Reader {
  pos = 0;
  /** Heredocs of this line that wait for their bodies. */
  pending: PendingHeredoc[] = [];
  /** Heredocs that wait outside the substitution being read. */
  waitingOutside = 0;
  /** Substitutions `$(` of this text around `pos`. */
  substitutions = 0;

  constructor(
    readonly text: string,
    readonly budget: Budget,
    /** Where each unit of `text` (and its end) stands in the whole script, or what to add to get there. */
    private readonly origin: number | readonly number[] = 0,
  ) {}

  /** The offset in the whole script of a place in this text. */
  offsetOf(pos: number): number {
    return typeof this.origin === 'number' ? this.origin + pos : (this.origin[pos] ?? 0);
  }

  get offset(): number {
    return this.offsetOf(this.pos);
  }

  /** The unit at `pos`, NaN at the end. */
  get code(): number {
    return this.text.charCodeAt(this.pos);
  }

  startsWith(text: string): boolean {
    return this.text.startsWith(text, this.pos);
  }

  /** Blanks, joined lines, and a comment; stops before the line end. */
  skipBlanks(): void {
    const { text } = this;
    for (;;) {
      const code = text.charCodeAt(this.pos);
      if (code === 32 || code === 9) this.pos += 1;
      else if (code === 92 && text.charCodeAt(this.pos + 1) === 10) this.pos += 2;
      else if (code === 35) {
        const end = text.indexOf('\n', this.pos);
        this.pos = end < 0 ? text.length : end;
      } else return;
    }
  }

  /** The unquoted word at `pos` if it is at most 8 long, else ''. */
  peekShortWord(): string {
    const { text, pos } = this;
    let end = pos;
    while (classOf(text.charCodeAt(end)) < 2) {
      if (end - pos === 8) return '';
      end += 1;
    }
    return classOf(text.charCodeAt(end)) === BREAK ? text.slice(pos, end) : '';
  }

  enter(offset: number): void {
    this.budget.depth += 1;
    if (this.budget.depth > maxDepth) {
      refuseLimit(`commands are nested more than ${maxDepth} deep: run them one by one`, offset);
    }
  }

  leave(): void {
    this.budget.depth -= 1;
  }

  countCommands(count: number, offset: number): void {
    this.budget.commands += count;
    if (this.budget.commands > maxCommands) {
      refuseLimit(`the script has more than ${maxCommands} commands: run it in parts`, offset);
    }
  }
}
