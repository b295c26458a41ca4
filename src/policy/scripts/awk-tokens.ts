import { findDelimiter } from './delimited.js';

export interface AwkToken {
  readonly kind: 'number' | 'string' | 'regex' | 'name' | 'keyword' | 'operator' | 'newline';
  readonly text: string;
}

/** After these words a regular expression may start. */
const beforeRegex = new Set(['print', 'printf', 'return', 'in', 'exit', 'else', 'do']);

const keywords = new Set([
  ...beforeRegex,
  ...['BEGIN', 'END', 'BEGINFILE', 'ENDFILE', 'function', 'func', 'if', 'while', 'for', 'switch', 'case'],
  ...['default', 'break', 'continue', 'next', 'nextfile', 'delete'],
]);

const conditions = new Set(['if', 'while', 'for', 'switch']);

const operators =
  /\*\*=|&&|\|\||\+\+|--|\+=|-=|\*=|\/=|%=|\^=|\*\*|==|!=|<=|>=|>>|!~|\|&|::|[-+*/%^=!<>|?:~$(){}[\];,@&]/y;

/** The tokens of an awk program, or why they cannot be told. Linear in the program's length. */
export function readAwkTokens(program: string): readonly AwkToken[] | string {
  return new AwkLexer(program).read();
}

class AwkLexer {
  readonly #text: string;
  readonly #tokens: AwkToken[] = [];
  /** For each open parenthesis, whether it holds the condition of a statement. */
  readonly #parentheses: boolean[] = [];
  #at = 0;
  /** A condition has just ended: what `/` means then differs among versions of awk. */
  #afterCondition = false;

  constructor(text: string) {
    this.#text = text;
  }

  read(): readonly AwkToken[] | string {
    while (this.#at < this.#text.length) {
      const reason = this.#readToken();
      if (reason !== undefined) return reason;
    }
    return this.#tokens;
  }

  #readToken(): string | undefined {
    if (this.#match(/(?:[ \t]|\\\n)+/y) !== undefined) return undefined;
    if (this.#match(/#[^\n]*/y) !== undefined)
      // Versions differ about a comment that ends with a backslash.
      return this.#text[this.#at - 1] === '\\' ? this.#unclear('a comment') : undefined;
    if (this.#match(/\n/y) !== undefined) {
      // Several are as one.
      if (this.#tokens.at(-1)?.kind !== 'newline') this.#tokens.push({ kind: 'newline', text: '\n' });
      return undefined;
    }
    const char = this.#text[this.#at] ?? '';
    if (char === '/' && this.#tellRegex() !== 'division') return this.#readRegex();
    const number = this.#match(/(?:0[xX][\da-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)/y);
    if (number !== undefined) return this.#add('number', number);
    const word = this.#match(/[A-Za-z_]\w*/y);
    if (word !== undefined) return this.#add(keywords.has(word) ? 'keyword' : 'name', word);
    if (char === '"') {
      const string = this.#match(/"(?:[^"\\\n]|\\[^\n])*"/y);
      return string === undefined ? this.#unclear('a string') : this.#add('string', string);
    }
    const operator = this.#match(operators);
    return operator === undefined ? this.#unclear('a character') : this.#addOperator(operator);
  }

  /** By the token before: after a value `/` divides. */
  #tellRegex(): 'regex' | 'division' | 'unclear' {
    if (this.#afterCondition) return 'unclear';
    const last = this.#tokens.at(-1);
    if (last === undefined) return 'regex';
    switch (last.kind) {
      case 'newline':
        return 'regex';
      case 'keyword':
        return beforeRegex.has(last.text) ? 'regex' : 'unclear';
      case 'operator':
        if (last.text === '$') return 'unclear';
        return [')', ']', '++', '--'].includes(last.text) ? 'division' : 'regex';
      default:
        return 'division';
    }
  }

  #readRegex(): string | undefined {
    if (this.#tellRegex() === 'unclear') return this.#unclear('"/"');
    const end = findDelimiter(this.#text, this.#at + 1, '/', true);
    if (end === undefined) return this.#unclear('a regular expression');
    const text = this.#text.slice(this.#at, end + 1);
    // A line that is continued inside a regular expression.
    if (text.includes('\n')) return this.#unclear('a regular expression');
    this.#at = end + 1;
    return this.#add('regex', text);
  }

  #addOperator(text: string): undefined {
    const before = this.#tokens.at(-1);
    this.#add('operator', text);
    if (text === '(') this.#parentheses.push(before?.kind === 'keyword' && conditions.has(before.text));
    if (text === ')') this.#afterCondition = this.#parentheses.pop() ?? false;
  }

  #add(kind: AwkToken['kind'], text: string): undefined {
    this.#tokens.push({ kind, text });
    this.#afterCondition = false;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #unclear(what: string): string {
    return `${what} is not understood (at character ${this.#at + 1})`;
  }
}
