import { createWriteStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type ExportFormat, exportLog } from '../../audit/export/export-log.js';
import { readAuditEntries } from '../../audit/read-records.js';
import { AuditLogView } from '../../audit/view/log-view.js';
import { isAlive, parseOwner } from '../../base/owner.js';
import { ifThere, readOwner, sessionFiles } from '../stale/session-files.js';

const MAX_LISTED = 200;
const NAME = /^([0-9a-f]{12})\.jsonl$/;

/** A session's log as a file. */
export interface AuditLogFile {
  readonly sessionId: string;
  readonly file: string;
  /** When it was last written to; milliseconds since the epoch. */
  readonly changedAt: number;
  readonly bytes: number;
}

/** A session's log in the list of all. */
export interface AuditLogInfo extends AuditLogFile {
  /** From its first record; empty when that cannot be read. */
  readonly agent: string;
  readonly workspace: string;
}

export interface AuditExport {
  readonly format: ExportFormat;
  /** A file, which is replaced when it is there. */
  readonly output: string;
}

/** Every session's log, in no order; none of them is read. */
export async function findAuditLogs(stateDir: string): Promise<readonly AuditLogFile[]> {
  const dir = join(stateDir, 'audit');
  const ids = ((await ifThere(readdir(dir))) ?? []).flatMap((name) => NAME.exec(name)?.[1] ?? []);
  const found = await Promise.all(
    ids.map(async (sessionId) => {
      const file = sessionFiles(stateDir, sessionId).audit;
      const stats = await ifThere(stat(file));
      return stats === undefined ? [] : [{ sessionId, file, changedAt: stats.mtimeMs, bytes: stats.size }];
    }),
  );
  return found.flat();
}

/** The logs of this and earlier sessions, the last written first; at most 200. */
export async function listAuditLogs(stateDir: string): Promise<readonly AuditLogInfo[]> {
  const newest = [...(await findAuditLogs(stateDir))].sort((a, b) => b.changedAt - a.changedAt);
  return Promise.all(
    newest.slice(0, MAX_LISTED).map(async (log) => ({ ...log, ...(await readStart(log.file)) })),
  );
}

async function readStart(file: string): Promise<Pick<AuditLogInfo, 'agent' | 'workspace'>> {
  for await (const { record } of readAuditEntries(file)) {
    if (record.kind === 'session-start') return { agent: record.agent, workspace: record.workspace };
    break;
  }
  return { agent: '', workspace: '' };
}

/** Reads nothing yet. */
export function viewAuditLog(stateDir: string, sessionId: string): AuditLogView {
  return new AuditLogView(sessionFiles(stateDir, sessionId).audit);
}

/**
 * Whether the process that ran the session lives and may still write. Without it a log that has no end was cut short,
 * by a crash or by somebody.
 */
export async function mayLogGrow(stateDir: string, sessionId: string): Promise<boolean> {
  const owner = parseOwner(await readOwner(sessionFiles(stateDir, sessionId).owner));
  return owner !== undefined && isAlive(owner);
}

/** Writes the log in another form. */
export async function exportAuditLog(
  stateDir: string,
  sessionId: string,
  { format, output }: AuditExport,
): Promise<void> {
  const text = Readable.from(exportLog(sessionFiles(stateDir, sessionId).audit, format));
  await pipeline(text, createWriteStream(output, { mode: 0o600 }));
}
