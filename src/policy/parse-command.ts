/** One program with its arguments, every quote resolved. */
export interface SimpleCommand {
  readonly kind: 'command';
  readonly argv: readonly string[];
}
/** What the grammar knows; pipelines and lists join here. */
export type CommandNode = SimpleCommand;

export type ParseResult =
  | { readonly ok: true; readonly command: CommandNode }
  /** `offset`: UTF-16 units from the start, at the construct that `reason` names. */
  | { readonly ok: false; readonly reason: string; readonly offset: number };

export const maxCommandChars = 32_768;
export const maxCommandWords = 1_000;

/**
 * Parses one simple command of the bash subset: bare words, quotes, backslashes. The grammar is the
 * semantics, because what it returns is run as it is. Total, and linear in the length.
 */
export function parseCommand(text: string): ParseResult {
  if (text.length > maxCommandChars) {
    return fail(`the command is longer than ${maxCommandChars} characters`, maxCommandChars);
  }
  const argv: string[] = [];
  let at = skipBlanks(text, 0);
  while (at < text.length) {
    if (argv.length === maxCommandWords)
      return fail(`the command has more than ${maxCommandWords} words`, at);
    const read = readWord(text, at, argv.length === 0);
    if (!read.ok) return read;
    argv.push(read.word);
    at = skipBlanks(text, read.end);
  }
  return argv.length === 0
    ? fail('the command is empty', 0)
    : { ok: true, command: { kind: 'command', argv } };
}

type WordResult = { ok: true; word: string; end: number } | Refusal;
type Refusal = { ok: false; reason: string; offset: number };

const ONE_BY_ONE = 'run the commands one by one';
const QUOTE = 'put it in single quotes if it is meant literally';

/** What bash would read as more than text, outside quotes. */
const operators: Readonly<Record<string, string>> = {
  '|': `a pipe (\`|\`) is not supported: ${ONE_BY_ONE}`,
  '&': `\`&\` is not supported: ${ONE_BY_ONE}, in the foreground`,
  ';': `\`;\` is not supported: ${ONE_BY_ONE}`,
  '<': 'a redirection (`<`) is not supported: give the file as an argument',
  '>': 'a redirection (`>`) is not supported: output comes back by itself; use the write_file tool for files',
  '(': 'a subshell (`(`) is not supported',
  ')': 'an unquoted `)` is not supported',
  $: `an expansion (\`$\`) is not supported: ${QUOTE}`,
  '`': 'a command substitution (backtick) is not supported',
  '*': `a glob (\`*\`) is not supported: quote it, or use the search tool to find the files`,
  '?': `a glob (\`?\`) is not supported: quote it, or use the search tool to find the files`,
  '[': `a glob (\`[\`) is not supported: quote it, or use the search tool to find the files`,
  '{': `a brace expansion (\`{\`) is not supported: ${QUOTE}`,
  '\n': `a second line is not supported: ${ONE_BY_ONE}`,
};

const ASSIGNMENT = /^[A-Za-z_][A-Za-z0-9_]*\+?$/;

function readWord(text: string, start: number, first: boolean): WordResult {
  let word = '';
  let quoted = false;
  let at = start;
  while (at < text.length) {
    const char = text.charAt(at);
    if (char === ' ' || char === '\t') break;
    if (char === "'" || char === '"') {
      const inner = char === "'" ? readSingle(text, at) : readDouble(text, at);
      if (!inner.ok) return inner;
      word += inner.word;
      quoted = true;
      at = inner.end;
    } else if (char === '\\') {
      if (at + 1 >= text.length) return fail('the command ends in a backslash', at);
      const next = text.charAt(at + 1);
      if (next === '\0') return fail('a NUL character cannot be in a command', at + 1);
      if (next !== '\n') {
        word += next;
        quoted = true;
      }
      at += 2;
    } else {
      const reason = refuseBare(text, at, { word, quoted, wordStart: at === start, first });
      if (reason !== undefined) return fail(reason, at);
      word += char;
      at += 1;
    }
  }
  return { ok: true, word, end: at };
}

interface BareContext {
  readonly word: string;
  readonly quoted: boolean;
  readonly wordStart: boolean;
  readonly first: boolean;
}

function refuseBare(text: string, at: number, context: BareContext): string | undefined {
  const char = text.charAt(at);
  const known = operators[char];
  if (known !== undefined) return known;
  if (char < ' ' || char === '\u007f')
    return `a control character (code ${char.charCodeAt(0)}) outside quotes`;
  const { word, quoted, wordStart, first } = context;
  const empty = word === '' && !quoted;
  if (char === '#' && empty) return `a comment (\`#\`) is not supported: ${QUOTE}`;
  // bash also expands a tilde after `=` and `:` of a word that looks like an assignment.
  if (char === '~' && (empty || /[=:]$/.test(word)))
    return 'a home directory (`~`) is not supported: use a path in the workspace';
  if (char === '!' && first && wordStart) return 'a negation (`!`) is not supported';
  if (char === '=' && first && !quoted && ASSIGNMENT.test(word)) {
    return 'a variable assignment before the command is not supported: the policy sets the environment';
  }
  return undefined;
}

function readSingle(text: string, start: number): WordResult {
  const end = text.indexOf("'", start + 1);
  if (end < 0) return fail("a single quote (`'`) is not closed", start);
  const word = text.slice(start + 1, end);
  const nul = word.indexOf('\0');
  if (nul >= 0) return fail('a NUL character cannot be in a command', start + 1 + nul);
  return { ok: true, word, end: end + 1 };
}

function readDouble(text: string, start: number): WordResult {
  let word = '';
  let at = start + 1;
  while (at < text.length) {
    const char = text.charAt(at);
    if (char === '"') return { ok: true, word, end: at + 1 };
    if (char === '`') return fail(operators['`'] ?? '', at);
    if (char === '\0') return fail('a NUL character cannot be in a command', at);
    // A `$` that nothing can follow as a name is text in bash too: "foo$".
    if (char === '$' && !/[" |)]/.test(text.charAt(at + 1))) return fail(operators.$ ?? '', at);
    if (char !== '\\') {
      word += char;
      at += 1;
      continue;
    }
    const next = text.charAt(at + 1);
    if (next === '"' || next === '\\' || next === '$' || next === '`') word += next;
    else if (next !== '\n') {
      word += char;
      at += 1;
      continue;
    }
    at += 2;
  }
  return fail('a double quote (`"`) is not closed', start);
}

/** Blanks, and line ends that a backslash joins. */
function skipBlanks(text: string, start: number): number {
  let at = start;
  for (;;) {
    if (text[at] === ' ' || text[at] === '\t') at += 1;
    else if (text[at] === '\\' && text[at + 1] === '\n') at += 2;
    else return at;
  }
}

function fail(reason: string, offset: number): Refusal {
  return { ok: false, reason, offset };
}
