import { type AwkToken, readAwkTokens } from './awk-tokens.js';

const MAX_LENGTH = 20_000;

/** Names that reach programs or files, or (gawk) every variable and function by its name. */
const REFUSED: Readonly<Record<string, string>> = {
  system: '"system" would start a program',
  getline: '"getline" could read another file or start a program',
  SYMTAB: '"SYMTAB" reaches every variable',
  FUNCTAB: '"FUNCTAB" reaches every function',
};

/** Not files: every awk writes to its own output for them. */
const ownOutputs = ['"/dev/stderr"', '"/dev/stdout"'];

type Reason = string | undefined;

/**
 * Why this awk program may not run; undefined when it only computes on what it is given and prints to its own output.
 * Reads what POSIX awk, mawk and gawk read alike, and refuses what they would not. Takes linear time.
 */
export function checkAwkProgram(program: string): Reason {
  if (program.length > MAX_LENGTH) return `the awk program is longer than ${MAX_LENGTH} characters`;
  if (/\0|\p{Cs}/u.test(program)) return 'the awk program holds characters that no text has';
  const tokens = readAwkTokens(program);
  const found = typeof tokens === 'string' ? tokens : checkTokens(tokens);
  return found === undefined ? undefined : `awk program: ${found}`;
}

function checkTokens(tokens: readonly AwkToken[]): Reason {
  const output = new OutputCheck();
  for (const [index, token] of tokens.entries()) {
    const reason = checkToken(tokens, index) ?? output.check(tokens, index, token);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

function checkToken(tokens: readonly AwkToken[], index: number): Reason {
  const { kind, text } = tokens[index] ?? { kind: 'newline', text: '' };
  if (kind === 'name') {
    if (Object.hasOwn(REFUSED, text)) return REFUSED[text];
    if (text === 'ARGV' && !isCompared(tokens, index)) return '"ARGV" names the files to read';
  }
  if (kind !== 'operator') return undefined;
  switch (text) {
    case '|':
    case '|&':
      return `"${text}" would start a program`;
    case '>>':
      return '">>" would write a file';
    case '@':
      return '"@" loads other code, or calls a function by its name';
    case '::':
      return '"::" names what is in another name space';
    default:
      return undefined;
  }
}

/** `FILENAME == ARGV[1]`, the one use that cannot change which files are read. */
function isCompared(tokens: readonly AwkToken[], index: number): boolean {
  const [before, open, number, close, after] = [-1, 1, 2, 3, 4].map((step) => tokens[index + step]);
  if (before?.text !== '==' && before?.text !== '!=') return false;
  if (open?.text !== '[' || number?.kind !== 'number' || close?.text !== ']') return false;
  return after === undefined || after.kind === 'newline' || [')', '{', '}', ';', '&&'].includes(after.text);
}

/** Follows `print` statements: outside parentheses `>` names the file that they write. */
class OutputCheck {
  #depth = 0;
  /** How deep the parentheses were where the `print` stands; undefined outside of one. */
  #printDepth: number | undefined;

  check(tokens: readonly AwkToken[], index: number, { kind, text }: AwkToken): Reason {
    if (kind === 'keyword' && (text === 'print' || text === 'printf')) {
      if (this.#depth > 0) return `"${text}" in parentheses is not understood`;
      this.#printDepth = this.#depth;
      return undefined;
    }
    if (kind === 'newline' && this.#depth === 0 && !goesOn(tokens[index - 1])) this.#printDepth = undefined;
    if (kind !== 'operator') return undefined;
    if (text === '(') this.#depth += 1;
    if (text === ')') this.#depth -= 1;
    if (this.#depth < 0) return 'a ")" closes nothing';
    if (text === '{' || text === '}') {
      if (this.#depth > 0) return `"${text}" in parentheses is not understood`;
      this.#printDepth = undefined;
    }
    if (text === ';' && this.#depth === 0) this.#printDepth = undefined;
    if (text === '>' && this.#printDepth === this.#depth && !isOwnOutput(tokens, index))
      return '">" would write a file';
    return undefined;
  }
}

/** A newline after it ends no statement. */
function goesOn(token: AwkToken | undefined): boolean {
  if (token?.kind === 'keyword') return token.text === 'in';
  return token?.kind === 'operator' && ![')', ']', '++', '--'].includes(token.text);
}

/** `> "/dev/stderr"` and nothing that is put together with it. */
function isOwnOutput(tokens: readonly AwkToken[], index: number): boolean {
  const [name, after] = [tokens[index + 1], tokens[index + 2]];
  if (name?.kind !== 'string' || !ownOutputs.includes(name.text)) return false;
  return after === undefined || after.kind === 'newline' || after.text === ';' || after.text === '}';
}
