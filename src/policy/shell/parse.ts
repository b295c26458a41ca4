import type { Script } from './ast.js';
import { maxScriptChars } from './limits.js';
import { parseList, refuseUnexpected, type Stops } from './parse-list.js';
import { Reader } from './reader.js';
import { Refusal, refuse, refuseLimit } from './refuse.js';

export type ParseResult =
  | { readonly ok: true; readonly script: Script }
  /** `offset`: UTF-16 units from the start, at the construct that `reason` names. */
  | { readonly ok: false; readonly construct: string; readonly reason: string; readonly offset: number };

/**
 * Parses a script of the bash subset. The grammar is the semantics, because what it returns is run as it is.
 * Total: every text is parsed or refused, in time linear in its length.
 */
export function parseScript(text: string): ParseResult {
  try {
    return { ok: true, script: parse(text) };
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    const { construct, reason, offset } = refusal;
    return { ok: false, construct, reason, offset };
  }
}

const LONE_SURROGATE = /\p{Surrogate}/u;
const toEnd: Stops = new Set();
const toParenthesis: Stops = new Set([')']);

function parse(text: string): Script {
  if (text.length > maxScriptChars)
    return refuseLimit(`the command is longer than ${maxScriptChars} characters`, maxScriptChars);
  const nul = text.indexOf('\0');
  if (nul >= 0) return refuse('nul', nul);
  const surrogate = text.search(LONE_SURROGATE);
  if (surrogate >= 0) return refuse('surrogate', surrogate);
  const parseUntil = (inner: Reader, stop: ')' | 'end') =>
    parseList(inner, stop === ')' ? toParenthesis : toEnd);
  const reader = new Reader(text, { depth: 0, commands: 0, braceWords: 0, parseUntil });
  const script = parseList(reader, toEnd);
  const [unread] = reader.pending;
  if (unread !== undefined) return refuse('heredoc', unread.offset);
  if (reader.pos < text.length) return refuseUnexpected(reader);
  return script.statements.length === 0 ? refuse('empty', 0) : script;
}
