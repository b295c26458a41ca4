/**
 * Where a regular expression, replacement or list ends: the index of the delimiter that closes the text which starts
 * at `from`; undefined when it does not end on its line, or where readers of the language would differ about it.
 */
export function findDelimiter(
  text: string,
  from: number,
  delimiter: string,
  isRegex: boolean,
): number | undefined {
  const end = scan(text, from, delimiter, (open) => open);
  if (!isRegex) return end;
  const agreed = readings.every(
    (reading) => scan(text, from, delimiter, (open) => endOfBracket(text, open, reading)) === end,
  );
  // Otherwise the delimiter stands in a bracket expression, and only the plainest ones are read alike.
  return agreed ? end : scan(text, from, delimiter, (open) => endOfPlainBracket(text, open));
}

/** What readers of bracket expressions differ about. */
interface BracketReading {
  /** A first `]` is a member. */
  readonly leading: boolean;
  /** `\]` is a member. */
  readonly escapes: boolean;
  /** `[:alpha:]`, `[.x.]` and `[=x=]` hold a `]` of their own. */
  readonly classes: boolean;
}

const both = [true, false];
const readings: readonly BracketReading[] = both.flatMap((leading) =>
  both.flatMap((escapes) => both.map((classes) => ({ leading, escapes, classes }))),
);

/** `endOfBracket`: from the index of a `[` to that of the `]` that closes it. */
function scan(
  text: string,
  from: number,
  delimiter: string,
  endOfBracket: (open: number) => number | undefined,
): number | undefined {
  let at = from;
  while (at < text.length) {
    const char = text[at];
    if (char === delimiter) return at;
    if (char === '\n') return undefined;
    if (char === '[') {
      const end = endOfBracket(at);
      if (end === undefined) return undefined;
      at = end;
    }
    at += char === '\\' ? 2 : 1;
  }
  return undefined;
}

function endOfBracket(text: string, open: number, reading: BracketReading): number | undefined {
  let at = open + 1;
  if (text[at] === '^') at += 1;
  if (reading.leading && text[at] === ']') at += 1;
  while (at < text.length && text[at] !== '\n') {
    const char = text[at];
    if (char === ']') return at;
    const kind = text[at + 1] ?? '';
    if (reading.classes && char === '[' && kind !== '' && '.:='.includes(kind)) {
      const end = text.indexOf(`${kind}]`, at + 2);
      if (end < 0) return undefined;
      at = end + 2;
    } else {
      at += reading.escapes && char === '\\' ? 2 : 1;
    }
  }
  return undefined;
}

function endOfPlainBracket(text: string, open: number): number | undefined {
  const plain = /\[\^?[^[\]\\\n]+\]/y;
  plain.lastIndex = open;
  return plain.test(text) ? plain.lastIndex - 1 : undefined;
}
