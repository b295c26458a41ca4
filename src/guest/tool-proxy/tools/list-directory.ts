import { type Dirent, opendirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import type * as z from 'zod';
import { limits } from '../../../protocol/limits.js';
import type { listDirectoryInput } from '../../../protocol/tools.js';
import type { ToolAnswer, ToolRun } from '../context.js';
import { confine } from '../files/confine.js';

/** Entries read of one directory before they are sorted. */
const MAX_READ = 50_000;

/** One line an entry, `/` behind directories, paths relative to the directory asked for. */
export function listDirectory(run: ToolRun, input: z.output<typeof listDirectoryInput>): ToolAnswer {
  const root = run.context.workspace;
  const top = join(root, confine(root, input.path));
  const lines: string[] = [];
  const whole = appendEntries(lines, top, '', input.depth);
  if (!whole) lines.push(`[airlock: more than ${limits.listEntries} entries; list a subdirectory]`);
  return { ok: true, text: lines.length === 0 ? '(empty)' : lines.join('\n') };
}

/** False when the bound was reached. */
function appendEntries(lines: string[], dir: string, prefix: string, depth: number): boolean {
  const { entries, whole } = readEntries(dir);
  for (const entry of entries) {
    if (lines.length >= limits.listEntries) return false;
    lines.push(describeEntry(dir, prefix, entry));
    // A link is listed, never entered: dirent types do not follow links.
    const enter = entry.isDirectory() && depth > 1 && entry.name !== '.git';
    if (enter && !appendEntries(lines, join(dir, entry.name), `${prefix}${entry.name}/`, depth - 1))
      return false;
  }
  return whole;
}

function readEntries(path: string): { entries: readonly Dirent[]; whole: boolean } {
  const dir = opendirSync(path);
  try {
    const entries: Dirent[] = [];
    for (let entry = dir.readSync(); entry !== null; entry = dir.readSync()) {
      if (entries.length >= MAX_READ) return { entries: sortByName(entries), whole: false };
      entries.push(entry);
    }
    return { entries: sortByName(entries), whole: true };
  } finally {
    dir.closeSync();
  }
}

function sortByName(entries: readonly Dirent[]): readonly Dirent[] {
  return entries.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function describeEntry(dir: string, prefix: string, entry: Dirent): string {
  const name = quoteControls(prefix + entry.name);
  if (entry.isDirectory()) return `${name}/`;
  if (entry.isSymbolicLink()) return `${name} -> ${quoteControls(readLink(join(dir, entry.name)))}`;
  return entry.isFile() ? name : `${name} (not a regular file)`;
}

function readLink(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    // It changed while it was being listed.
    return '?';
  }
}

/** A name with a newline must not look like two entries. */
function quoteControls(name: string): string {
  return /[\p{Cc}]/u.test(name) ? JSON.stringify(name) : name;
}
