import type { Redirect, Word } from './ast.js';
import { cutBody } from './cut-heredoc.js';
import { plainText } from './finish-word.js';
import { readTarget } from './parse-redirect.js';
import type { Piece } from './piece.js';
import { readQuotedText } from './read-quotes.js';
import type { PendingHeredoc, Reader } from './reader.js';
import { refuse } from './refuse.js';

/** Reads the delimiter and keeps the redirection's place until the line ends. */
export function startHeredoc(
  reader: Reader,
  redirects: Redirect[],
  heredoc: Pick<PendingHeredoc, 'fd' | 'offset' | 'stripTabs'>,
): void {
  reader.skipBlanks();
  const start = reader.pos;
  const raw = readTarget(reader, heredoc.stripTabs ? '<<-' : '<<');
  const source = reader.text.slice(start, reader.pos);
  const delimiter = raw.pieces.map((piece) => (piece.kind === 'part' ? '' : piece.text)).join('');
  if (delimiter === '' || delimiter.includes('\n') || /[$`]/.test(source) || source.includes('\\\n'))
    refuse('heredoc delimiter', raw.offset);
  const literal = plainText(raw) === undefined;
  reader.pending.push({ ...heredoc, delimiter, literal, redirects, index: redirects.length });
  redirects.push({
    kind: 'text',
    fd: heredoc.fd,
    text: { parts: [], offset: raw.offset },
    offset: heredoc.offset,
  });
}

/** The reader stands at the start of the first body's first line. */
export function readHeredocs(reader: Reader): void {
  const { pending } = reader;
  reader.pending = [];
  for (const heredoc of pending) heredoc.redirects[heredoc.index] = readBody(reader, heredoc);
}

function readBody(reader: Reader, heredoc: PendingHeredoc): Redirect {
  const { fd, offset, literal } = heredoc;
  const body = cutBody(reader, heredoc);
  if (body.text === '') {
    // Nothing at all is what the null device gives, and can be printed in one line.
    const target: Word = { parts: [{ kind: 'text', text: '/dev/null', quoted: false }], offset };
    return { kind: 'file', fd, mode: 'read', both: false, target, offset };
  }
  const word = { parts: [], offset: body.offset };
  if (literal) return { kind: 'text', fd, offset, text: { ...word, parts: [quote(body.text)] } };
  const pieces: Piece[] = [];
  readQuotedText(body, pieces, 'heredoc');
  const parts = pieces.map((piece) => (piece.kind === 'part' ? piece.part : quote(piece.text)));
  return { kind: 'text', fd, offset, text: { ...word, parts } };
}

function quote(text: string) {
  return { kind: 'text', text, quoted: true } as const;
}
