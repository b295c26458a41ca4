import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { type BigIntStats, closeSync, constants, opendirSync, readlinkSync, readSync } from 'node:fs';
import { limits } from '../../../protocol/limits.js';
import type { ChangeEntry } from '../../../protocol/tool-proxy.js';
import { openBeneath, withEntry } from '../files/beneath.js';
import type { Pace } from './pace.js';
import type { WalkEntry } from './walk.js';

const CHUNK = 256 * 1024;
const PERMISSIONS = 0o7777n;

/**
 * Says what a path is now. Bytes are read from the workspace itself, which is what /fetch would send. `filled` are
 * directories that are known to hold something.
 */
export async function describeEntry(
  workspace: string,
  entry: WalkEntry,
  filled: ReadonlySet<string>,
  pace: Pace,
): Promise<ChangeEntry> {
  const { path } = entry;
  if (entry.kind === 'unreadable') return special(path, entry.what);
  const { stat } = entry;
  const mode = Number(stat.mode & PERMISSIONS);
  if (stat.isDirectory())
    return { type: 'directory', path, mode, empty: !filled.has(path) && isEmpty(workspace, path) };
  if (stat.isSymbolicLink()) return describeLink(workspace, path);
  if (isWhiteout(stat)) return { type: 'whiteout', path };
  if (stat.isFIFO()) return special(path, 'FIFO');
  if (stat.isSocket()) return special(path, 'socket');
  if (!stat.isFile()) return special(path, 'device');
  if (stat.size > BigInt(limits.changeFileBytes)) return special(path, `file of ${stat.size} bytes`);
  return describeFile(workspace, path, mode, pace);
}

/** How an overlay's upper layer says that a path of the lower one is gone. */
export function isWhiteout(stat: BigIntStats): boolean {
  return stat.isCharacterDevice() && stat.rdev === 0n;
}

/** What cannot be listed counts as full: no change is ever proposed on a guess. */
function isEmpty(workspace: string, path: string): boolean {
  try {
    return withEntry(workspace, path, false, (entry) => {
      const dir = opendirSync(entry);
      try {
        return dir.readSync() === null;
      } finally {
        dir.closeSync();
      }
    });
  } catch {
    return false;
  }
}

async function describeFile(workspace: string, path: string, mode: number, pace: Pace): Promise<ChangeEntry> {
  try {
    const { size, sha256 } = await hashFile(workspace, path, pace);
    return { type: 'file', path, size, mode, sha256 };
  } catch {
    // Not readable by its own owner, or swapped meanwhile: shown, never applied.
    return special(path, 'unreadable file');
  }
}

/** Size and SHA-256 of the bytes read, which are at most a little more than the bound. */
async function hashFile(
  workspace: string,
  path: string,
  pace: Pace,
): Promise<{ size: number; sha256: string }> {
  const fd = openBeneath(workspace, path, constants.O_RDONLY);
  try {
    const hash = createHash('sha256');
    const chunk = Buffer.allocUnsafe(CHUNK);
    let size = 0;
    for (;;) {
      if (pace.due) await pace.rest();
      const bytesRead = readSync(fd, chunk, 0, CHUNK, size);
      if (bytesRead === 0) return { size, sha256: hash.digest('hex') };
      hash.update(chunk.subarray(0, bytesRead));
      size += bytesRead;
      if (size > limits.changeFileBytes) throw new Error('the file grows while it is read');
    }
  } finally {
    closeSync(fd);
  }
}

function describeLink(workspace: string, path: string): ChangeEntry {
  try {
    const target = withEntry(workspace, path, false, (entry) => readlinkSync(entry, 'buffer'));
    if (!isUtf8(target)) return special(path, 'link target is not UTF-8');
    return { type: 'symlink', path, target: target.toString('utf8') };
  } catch {
    return special(path, 'unreadable link');
  }
}

function special(path: string, what: string): ChangeEntry {
  return { type: 'special', path, what: what.slice(0, 64) };
}
