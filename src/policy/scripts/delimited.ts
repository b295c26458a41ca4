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
  const plain = scan(text, from, delimiter, () => undefined);
  if (!isRegex) return plain;
  const aware = scan(text, from, delimiter, endOfBracket);
  if (plain === aware) return aware;
  // The delimiter stands in a bracket expression, or a bracket is open: only the plainest ones are surely read alike.
  return scan(text, from, delimiter, endOfPlainBracket);
}

type EndOfBracket = (text: string, open: number) => number | 'open' | undefined;

function scan(text: string, from: number, delimiter: string, endOfBracket: EndOfBracket): number | undefined {
  let at = from;
  while (at < text.length) {
    const char = text[at];
    if (char === delimiter) return at;
    if (char === '\n') return undefined;
    if (char === '[') {
      const end = endOfBracket(text, at);
      if (end === 'open') return undefined;
      at = end ?? at;
    }
    at += char === '\\' ? 2 : 1;
  }
  return undefined;
}

/** POSIX 9.3.5: `]` is a member when it comes first, and `[:class:]`, `[.x.]`, `[=x=]` may hold one. */
function endOfBracket(text: string, open: number): number | 'open' {
  let at = open + 1;
  if (text[at] === '^') at += 1;
  if (text[at] === ']') at += 1;
  while (at < text.length && text[at] !== '\n') {
    const char = text[at];
    if (char === ']') return at;
    const kind = text[at + 1] ?? '';
    if (char === '[' && kind !== '' && '.:='.includes(kind)) {
      const end = text.indexOf(`${kind}]`, at + 2);
      if (end < 0) return 'open';
      at = end + 2;
    } else {
      at += 1;
    }
  }
  return 'open';
}

function endOfPlainBracket(text: string, open: number): number | 'open' {
  const plain = /\[\^?[^[\]\\\n]+\]/y;
  plain.lastIndex = open;
  return plain.test(text) ? plain.lastIndex - 1 : 'open';
}
