import type { AndOr, Command, Pipeline, Redirect, Script } from './ast.js';
import { parseCompound } from './parse-compound.js';
import { parseSimple } from './parse-simple.js';
import { readHeredocs } from './read-heredoc.js';
import type { Reader } from './reader.js';
import { refuse, refuseWith } from './refuse.js';
import { reservedWords } from './reserved-words.js';

/** What a list ends before: `)`, `;;` or reserved words. The end of the text always ends it. */
export type Stops = ReadonlySet<string>;

/** Statements up to a stop, which is left unread. */
export function parseList(reader: Reader, stops: Stops): Script {
  const statements: AndOr[] = [];
  for (;;) {
    skipLines(reader);
    if (isAtStop(reader, stops)) break;
    const statement = parseAndOr(reader);
    statements.push(statement);
    reader.skipBlanks();
    const { code } = reader;
    if (code === 10) continue;
    if (code === 59) {
      const next = reader.text.charCodeAt(reader.pos + 1);
      if (next === 38) return refuse('fallthrough arm', reader.offset);
      if (next === 59) break;
      reader.pos += 1;
      continue;
    }
    if (code === 38) return refuse('background', reader.offset);
    if (isAtStop(reader, stops)) {
      // Behind `)`, `}`, `fi` and their like a reserved word needs no separator.
      if (Number.isNaN(code) || code === 41 || endsInReserved(statement)) break;
    }
    return refuseUnexpected(reader);
  }
  if (reader.code === 59 && !stops.has(';;')) return refuseUnexpected(reader);
  return { kind: 'script', statements };
}

/** Blanks, comments and line ends; behind a line end stand the bodies of its heredocs. */
export function skipLines(reader: Reader): void {
  for (;;) {
    reader.skipBlanks();
    if (reader.code !== 10) return;
    if (reader.waitingOutside > 0) refuse('heredoc across lines', reader.offset);
    reader.pos += 1;
    if (reader.pending.length > 0) readHeredocs(reader);
  }
}

/** Refuses what stands at the reader's place. */
export function refuseUnexpected(reader: Reader): never {
  const { code, offset } = reader;
  if (Number.isNaN(code))
    return refuseWith('unfinished command', 'the command ends where more of it is expected', offset);
  if (code === 41) return refuse('closing parenthesis', offset);
  if (code === 40) return refuse('parenthesis', offset);
  const word = reader.peekShortWord();
  const what = word !== '' ? word : code === 10 ? 'line end' : operatorAt(reader);
  return refuseWith('syntax', `\`${what}\` is not expected here: quote it if it is meant literally`, offset);
}

function operatorAt(reader: Reader): string {
  const { text, pos } = reader;
  return (
    /^[|&;<>]{1,2}/.exec(text.slice(pos, pos + 2))?.[0] ?? String.fromCodePoint(text.codePointAt(pos) ?? 32)
  );
}

function isAtStop(reader: Reader, stops: Stops): boolean {
  const { code } = reader;
  if (Number.isNaN(code)) return true;
  if (code === 41) return stops.has(')') || refuse('closing parenthesis', reader.offset);
  if (code === 59) return reader.startsWith(';;') && stops.has(';;');
  if (code !== 125 && (code < 97 || code > 122)) return false;
  const word = reader.peekShortWord();
  return word !== '' && stops.has(word);
}

function endsInReserved({ first, rest }: AndOr): boolean {
  const last = (rest.at(-1)?.pipeline ?? first).commands.at(-1);
  return last !== undefined && last.kind !== 'simple' && last.kind !== 'test' && last.redirects.length === 0;
}

function parseAndOr(reader: Reader): AndOr {
  const first = parsePipeline(reader);
  const rest: { operator: '&&' | '||'; pipeline: Pipeline }[] = [];
  for (;;) {
    reader.skipBlanks();
    const operator = reader.startsWith('&&') ? '&&' : reader.startsWith('||') ? '||' : undefined;
    if (operator === undefined) return { kind: 'and-or', first, rest };
    reader.pos += 2;
    skipLines(reader);
    rest.push({ operator, pipeline: parsePipeline(reader) });
  }
}

function parsePipeline(reader: Reader): Pipeline {
  reader.skipBlanks();
  const negated = reader.code === 33 && reader.peekShortWord() === '!';
  if (negated) {
    reader.pos += 1;
    reader.skipBlanks();
  }
  const commands: Command[] = [];
  for (;;) {
    const command = parseCommand(reader);
    reader.skipBlanks();
    const piped = reader.code === 124 && !reader.startsWith('||');
    const withErrors = piped && reader.startsWith('|&');
    commands.push(
      withErrors ? { ...command, redirects: [...command.redirects, joinErrors(reader)] } : command,
    );
    if (!piped) return { kind: 'pipeline', negated, commands };
    reader.pos += withErrors ? 2 : 1;
    skipLines(reader);
  }
}

/** What `|&` adds to the command before it. */
function joinErrors(reader: Reader): Redirect {
  return { kind: 'duplicate', fd: 2, from: 1, offset: reader.offset };
}

function parseCommand(reader: Reader): Command {
  const { code } = reader;
  if (code === 40) return parseCompound(reader, '(');
  // Reserved words start with a small letter or one of `! [ ] { }`.
  if (code >= 91 || code === 33) {
    const word = reader.peekShortWord();
    if (reservedWords.has(word)) return parseCompound(reader, word);
  }
  return parseSimple(reader);
}
