import { isBinary } from '../count-lines.js';

/**
 * Lines with their endings, so that joining them gives the text again exactly. A line ends after LF; the CR of a CRLF
 * and a lone CR are part of their line. The last line may have no ending; an empty text has no lines.
 */
export function splitLines(text: string): string[] {
  const lines: string[] = [];
  let start = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', start)) {
    lines.push(text.slice(start, at + 1));
    start = at + 1;
  }
  if (start < text.length) lines.push(text.slice(start));
  return lines;
}

/** `undefined` for what is binary. A BOM stays a character: encoding the text gives the same bytes again. */
export function decodeText(bytes: Uint8Array): string | undefined {
  if (isBinary(bytes)) return undefined;
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}
