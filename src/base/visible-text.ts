// Unicode TR36/TR39 and CVE-2021-42574: characters that change how text is shown without being seen.
const HIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\u{e0000}-\u{e0fff}]/gu;

/** Untrusted text with control, bidirectional and zero-width characters as `\u{…}`, at most `limit` characters. */
export function toVisibleText(text: string, limit = 2000): string {
  const cut = text.length > limit ? `${text.slice(0, limit)}… (${text.length - limit} more)` : text;
  return cut.replace(HIDDEN, escapeChar);
}

/** Like `toVisibleText`, on one line: tabs and newlines are escaped too. */
export function toVisibleLine(text: string, limit = 300): string {
  return toVisibleText(text, limit).replace(/[\t\n]/g, escapeChar);
}

function escapeChar(char: string): string {
  return `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`;
}
