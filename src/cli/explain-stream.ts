import { StringDecoder } from 'node:string_decoder';
import type { Policy } from '../policy/policy.js';
import { explainLine, refuse } from './explain.js';

const MAX_LINE_CHARS = 1024 * 1024;
const BATCH_CHARS = 64 * 1024;

/** Answers every line of `input`, in order; each piece that comes out is a batch of whole lines. */
export async function* explainStream(
  policy: Policy,
  input: AsyncIterable<Uint8Array>,
): AsyncGenerator<string> {
  let batch = '';
  for await (const lines of splitLines(input)) {
    for (const line of lines) {
      if (line?.trim() === '') continue;
      const answer =
        line === undefined
          ? refuse(`the line is longer than ${MAX_LINE_CHARS} characters`)
          : explainLine(policy, line);
      batch += `${JSON.stringify(answer)}\n`;
      if (batch.length < BATCH_CHARS) continue;
      yield batch;
      batch = '';
    }
    if (batch !== '') yield batch;
    batch = '';
  }
}

/** The lines that each chunk completes; `undefined` for one that is too long, of which nothing is kept. */
async function* splitLines(input: AsyncIterable<Uint8Array>): AsyncGenerator<(string | undefined)[]> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  let tooLong = false;
  for await (const chunk of input) {
    const parts = (rest + decoder.write(Buffer.from(chunk))).split('\n');
    rest = parts.pop() ?? '';
    const lines = parts.map((part, index) =>
      (index === 0 && tooLong) || part.length > MAX_LINE_CHARS ? undefined : part,
    );
    if (parts.length > 0) tooLong = false;
    if (rest.length > MAX_LINE_CHARS) {
      tooLong = true;
      rest = '';
    }
    if (lines.length > 0) yield lines;
  }
  rest += decoder.end();
  if (tooLong) yield [undefined];
  else if (rest !== '') yield [rest];
}
