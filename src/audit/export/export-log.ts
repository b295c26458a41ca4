import { readAuditEntries } from '../read-records.js';
import { verifyAuditLog } from '../verify.js';
import { toMarkdown } from './to-markdown.js';
import { toOtlp } from './to-otlp.js';

export const exportFormats = ['jsonl', 'otlp', 'markdown'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** A log in another form, piece by piece. */
export async function* exportLog(file: string, format: ExportFormat): AsyncGenerator<string> {
  const entries = readAuditEntries(file);
  switch (format) {
    case 'otlp':
      yield* toOtlp(entries);
      return;
    case 'markdown':
      yield* toMarkdown(entries, await verifyAuditLog(file));
      return;
    case 'jsonl':
      for await (const { seq, time, record } of entries)
        yield `${JSON.stringify({ seq, time, ...record })}\n`;
  }
}
