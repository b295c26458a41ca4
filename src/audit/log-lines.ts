const MAX_LINE_BYTES = 4 * 1024 * 1024;

export type LogLine =
  | { readonly kind: 'whole'; readonly bytes: Buffer }
  /** The last one: nothing after it can be told apart. */
  | { readonly kind: 'unfit'; readonly reason: string };

/** The lines of a log, without their ends; at most 4 MiB each. */
export async function* splitLines(source: AsyncIterable<Uint8Array>): AsyncGenerator<LogLine> {
  let pending: Buffer[] = [];
  let size = 0;
  for await (const chunk of source) {
    let rest = Buffer.from(chunk);
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      yield { kind: 'whole', bytes: Buffer.concat([...pending, rest.subarray(0, end)]) };
      pending = [];
      size = 0;
      rest = rest.subarray(end + 1);
    }
    pending.push(rest);
    size += rest.length;
    if (size > MAX_LINE_BYTES) return yield { kind: 'unfit', reason: 'the line is too long' };
  }
  if (size > 0) yield { kind: 'unfit', reason: 'the line has no end' };
}

/** What a line holds; `undefined`, which fails every schema, when it is no JSON. */
export function parseLine(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}
