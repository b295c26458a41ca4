import type { PatternChar } from './match-pattern.js';

/** `[a-z]`, `[!0-9]`, `[[:alpha:]_]`. */
export interface Bracket {
  readonly kind: 'bracket';
  readonly negated: boolean;
  readonly tests: readonly ((char: string) => boolean)[];
}

interface Read<T> {
  readonly token: T;
  /** Index after it. */
  readonly end: number;
}

/** The bracket expression that begins at `start`; undefined when it does not close. */
export function parseBracket(chars: readonly PatternChar[], start: number): Read<Bracket> | undefined {
  let at = start + 1;
  const negated = isActive(chars[at], '!') || isActive(chars[at], '^');
  if (negated) at += 1;
  const tests: ((char: string) => boolean)[] = [];
  for (let first = true; ; first = false) {
    const current = chars[at];
    if (current === undefined || current.char === '/') return undefined;
    if (!first && isActive(current, ']')) return { token: { kind: 'bracket', negated, tests }, end: at + 1 };
    const named = readClass(chars, at);
    if (named !== undefined) {
      tests.push(named.token);
      at = named.end;
      continue;
    }
    const low = readMember(chars, at);
    const high = isActive(chars[low.end], '-') ? readUpper(chars, low.end + 1) : undefined;
    tests.push(inRange(low.token, high?.token ?? low.token));
    at = high?.end ?? low.end;
  }
}

/** The end of a range; a `-` before the closing bracket is no range. */
function readUpper(chars: readonly PatternChar[], at: number): Read<string> | undefined {
  if (chars[at] === undefined || isActive(chars[at], ']') || chars[at]?.char === '/') return undefined;
  return readMember(chars, at);
}

function readMember(chars: readonly PatternChar[], at: number): Read<string> {
  const { char, quoted } = chars[at] ?? { char: '', quoted: true };
  const following = chars[at + 1];
  if (!quoted && char === '\\' && following !== undefined) return { token: following.char, end: at + 2 };
  if (!quoted && char === '[' && (isActive(following, '.') || isActive(following, '='))) {
    const close = chars[at + 3];
    const member = chars[at + 2];
    if (member !== undefined && close?.char === following?.char && isActive(chars[at + 4], ']'))
      return { token: member.char, end: at + 5 };
  }
  return { token: char, end: at + 1 };
}

// POSIX classes in C.UTF-8.
const classes: Readonly<Record<string, RegExp>> = {
  alnum: /[\p{L}\p{Nd}\p{Nl}]/u,
  alpha: /[\p{L}\p{Nl}]/u,
  ascii: /\p{ASCII}/u,
  blank: /[ \t]/,
  cntrl: /\p{Cc}/u,
  digit: /[0-9]/,
  graph: /[^\s\p{C}]/u,
  lower: /\p{Ll}/u,
  print: /[^\p{C}]/u,
  punct: /[\p{P}\p{S}]/u,
  space: /[ \t\n\v\f\r]/,
  upper: /\p{Lu}/u,
  word: /[\p{L}\p{Nd}\p{Nl}_]/u,
  xdigit: /[0-9A-Fa-f]/,
};

function readClass(chars: readonly PatternChar[], at: number): Read<(char: string) => boolean> | undefined {
  if (!isActive(chars[at], '[') || !isActive(chars[at + 1], ':')) return undefined;
  for (let end = at + 2; end < chars.length && end < at + 10; end += 1) {
    if (!isActive(chars[end], ':') || !isActive(chars[end + 1], ']')) continue;
    const name = chars
      .slice(at + 2, end)
      .map(({ char }) => char)
      .join('');
    const known = Object.hasOwn(classes, name) ? classes[name] : undefined;
    return { token: (char) => known?.test(char) === true, end: end + 2 };
  }
  return undefined;
}

function inRange(low: string, high: string): (char: string) => boolean {
  const [from, to] = [low.codePointAt(0) ?? 0, high.codePointAt(0) ?? 0];
  return (char) => {
    const code = char.codePointAt(0) ?? 0;
    return code >= from && code <= to;
  };
}

function isActive(at: PatternChar | undefined, char: string): boolean {
  return at !== undefined && !at.quoted && at.char === char;
}
