export type LineEnding = 'lf' | 'crlf';

/** `none` for a text of a single line without one. */
export type LineEndings = LineEnding | 'mixed' | 'none';

export function readEndings(text: string): LineEndings {
  let lf = false;
  let crlf = false;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
    if (at > 0 && text[at - 1] === '\r') crlf = true;
    else lf = true;
    if (lf && crlf) return 'mixed';
  }
  if (lf) return 'lf';
  return crlf ? 'crlf' : 'none';
}

export function convertEndings(text: string, to: LineEnding): string {
  return text.replace(/\r?\n/g, to === 'lf' ? '\n' : '\r\n');
}

export const BOM = '\uFEFF';

export function stripBom(text: string): string {
  return text.startsWith(BOM) ? text.slice(BOM.length) : text;
}
