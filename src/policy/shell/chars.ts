/** Text wherever it stands in a word. */
export const PLAIN = 0;
/** Part of a word, with a meaning in some places: `* ? [ ] { } ~`. */
export const ACTIVE = 1;
/** A quote, a backslash or the start of an expansion. */
export const QUOTING = 2;
/** Ends a word. */
export const BREAK = 3;
export const CONTROL = 4;

const classes = makeClasses();

function makeClasses(): Uint8Array {
  const made = new Uint8Array(128);
  made.fill(CONTROL, 0, 32);
  made[127] = CONTROL;
  for (const char of '*?[]{}~') made[char.charCodeAt(0)] = ACTIVE;
  for (const char of '\'"\\$`') made[char.charCodeAt(0)] = QUOTING;
  for (const char of ' \t\n|&;()<>') made[char.charCodeAt(0)] = BREAK;
  return made;
}

/** `code` is a UTF-16 unit, or NaN past the end. */
export function classOf(code: number): number {
  return code < 128 ? (classes[code] ?? PLAIN) : Number.isNaN(code) ? BREAK : PLAIN;
}

export function isNameStart(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95;
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** The end of the name that starts at `from`; `from` itself if none does. */
export function findNameEnd(text: string, from: number): number {
  if (!isNameStart(text.charCodeAt(from))) return from;
  let at = from + 1;
  for (;;) {
    const code = text.charCodeAt(at);
    if (!isNameStart(code) && !isDigit(code)) return at;
    at += 1;
  }
}
