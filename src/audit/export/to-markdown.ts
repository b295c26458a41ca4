import { escapeMarkdown } from '../../base/escape-markdown.js';
import type { AuditEntry } from '../read-records.js';
import type { AuditRecord } from '../records.js';
import type { Verification } from '../verify.js';
import { describeRecord, severityOf } from './describe-record.js';

const marks = { info: '', warning: '**!** ', error: '**!!** ' } as const;

/** A session's report for people: what it was, whether its record is whole, and what happened when. Line by line. */
export async function* toMarkdown(
  entries: AsyncIterable<AuditEntry>,
  verification: Verification,
): AsyncGenerator<string> {
  yield '# Session report\n\n';
  yield `${describeVerification(verification)}\n\n`;
  let began: number | undefined;
  for await (const { time, record } of entries) {
    if (began === undefined) {
      began = Date.parse(time);
      if (record.kind === 'session-start') yield describeStart(record, time);
      yield '\n## What happened\n\n| after | what |\n|---|---|\n';
    }
    const text = `${marks[severityOf(record)]}${escapeMarkdown(describeRecord(record))}`;
    yield `| ${formatOffset(Date.parse(time) - began)} | ${text} |\n`;
  }
}

function describeVerification(found: Verification): string {
  if (found.kind === 'broken')
    return `**This record was changed or damaged**: line ${found.line}: ${escapeMarkdown(found.reason)}.`;
  const end = found.ended ? '' : ' The session did not end in it: it was cut short, or still runs.';
  return `The record is whole: ${found.lines} lines, SHA-256 of the last \`${found.sha256}\`.${end}`;
}

function describeStart(record: Extract<AuditRecord, { kind: 'session-start' }>, time: string): string {
  const { kind: _, ...fields } = record;
  const rows = [...Object.entries(fields), ['began', time]];
  return `| | |\n|---|---|\n${rows
    .map(([name, value]) => `| ${escapeMarkdown(String(name))} | ${escapeMarkdown(String(value))} |\n`)
    .join('')}`;
}

function formatOffset(ms: number): string {
  const seconds = Math.max(0, ms) / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
}
