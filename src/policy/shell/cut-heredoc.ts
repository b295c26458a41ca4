import { type PendingHeredoc, Reader } from './reader.js';
import { refuse } from './refuse.js';

interface Span {
  readonly from: number;
  readonly to: number;
}

/** The body as a text of its own, tabs stripped and lines joined; the reader goes behind the delimiter. */
export function cutBody(reader: Reader, heredoc: PendingHeredoc): Reader {
  const { text } = reader;
  const start = reader.pos;
  const body: Span[] = [];
  while (reader.pos < text.length) {
    const { line, spans } = cutLine(reader, heredoc);
    if (line === heredoc.delimiter) return joinSpans(reader, start, body);
    // bash ends a body there when it stands in a substitution.
    if (reader.substitutions > 0 && line.startsWith(heredoc.delimiter) && line.includes(')'))
      return refuse('heredoc delimiter', reader.offsetOf(spans[0]?.from ?? start));
    body.push(...spans);
  }
  return refuse('heredoc', heredoc.offset);
}

/** One line without its line end, and where it and its line end stand. A backslash joins the next line to it. */
function cutLine(reader: Reader, { literal, stripTabs }: PendingHeredoc): { line: string; spans: Span[] } {
  const { text } = reader;
  const spans: Span[] = [];
  let line = '';
  if (stripTabs) while (reader.code === 9) reader.pos += 1;
  for (;;) {
    const from = reader.pos;
    const found = text.indexOf('\n', from);
    const end = found < 0 ? text.length : found;
    reader.pos = Math.min(end + 1, text.length);
    if (literal || found < 0 || !endsInBackslash(text, from, end)) {
      spans.push({ from, to: reader.pos });
      return { line: line + text.slice(from, end), spans };
    }
    spans.push({ from, to: end - 1 });
    line += text.slice(from, end - 1);
  }
}

/** Whether the last backslash before `end` is not itself escaped. */
function endsInBackslash(text: string, from: number, end: number): boolean {
  let at = end;
  while (at > from && text.charCodeAt(at - 1) === 92) at -= 1;
  return (end - at) % 2 === 1;
}

function joinSpans(reader: Reader, start: number, spans: readonly Span[]): Reader {
  const origin: number[] = [];
  let text = '';
  for (const { from, to } of spans) {
    text += reader.text.slice(from, to);
    for (let at = from; at < to; at += 1) origin.push(reader.offsetOf(at));
  }
  origin.push(reader.offsetOf(spans.at(-1)?.to ?? start));
  return new Reader(text, reader.budget, origin);
}
