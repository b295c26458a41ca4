import { sha256 } from '../base/hash.js';
import type { WorkspacePath } from '../base/workspace-path.js';
import { toBaselineState } from './baseline.js';
import { BlobError } from './blob-store.js';
import type { Proposal } from './candidates.js';
import { type Change, type ChangeStatus, type FileState, stateKey } from './changes.js';
import { countLines, isBinary, type LineCounts } from './count-lines.js';
import type { DeriveInput } from './derive-changes.js';
import { findLinkProblem } from './link-target.js';
import { type LiveEntry, MAX_FILE_BYTES, toFileState } from './live-workspace.js';

const EMPTY = new Uint8Array();
const NO_LINES: LineCounts = { binary: false, added: 0, removed: 0 };
/** Bytes of real files kept ahead of an approval; beyond, the real file itself is read when it is shown. */
const KEPT_BYTES = 256 * 1024 * 1024;

/** Turns one candidate into a change, a refusal, or nothing when the real file is the same. */
export class ChangeJudge {
  readonly hostEdited = new Set<WorkspacePath>();
  readonly #placeholders: ReadonlyMap<WorkspacePath, string>;
  #kept = 0;

  constructor(readonly input: DeriveInput) {
    this.#placeholders = new Map(input.masked.map((file) => [file.path, sha256(file.content)]));
  }

  async judge(path: WorkspacePath, proposal: Proposal): Promise<Change | undefined> {
    const placeholder = this.#placeholders.get(path);
    if (placeholder !== undefined) {
      if (proposal.kind === 'file' && proposal.sha256 === placeholder) return undefined;
      return refuse(path, 'it holds a secret that the agent was not shown');
    }
    if (proposal.kind === 'refused') return refuse(path, proposal.reason);
    const live = await this.input.live.read(path);
    if (live.kind === 'special') return refuse(path, 'the real one is a socket, FIFO or device');
    const before = toFileState(live) ?? { kind: 'absent' };
    if (stateKey(before) === stateKey(proposal)) return undefined;
    const problem = findProblem(path, before, proposal);
    if (problem !== undefined) return refuse(path, problem);
    const lines = await this.#capture(path, live, proposal).catch((error: unknown) => {
      if (error instanceof BlobError) return error;
      throw error;
    });
    if (lines instanceof BlobError) return refuse(path, `it could not be captured: ${lines.message}`);
    if (this.#isHostEdited(path, live, before)) this.hostEdited.add(path);
    return { path, status: statusOf(before, proposal), before, after: proposal, ...lines };
  }

  async #capture(path: WorkspacePath, live: LiveEntry, after: FileState): Promise<LineCounts> {
    const { blobs, fetchBytes } = this.input;
    const oldBytes = live.kind === 'file' ? (live.bytes ?? EMPTY) : EMPTY;
    if (live.kind === 'file' && this.#kept < KEPT_BYTES) {
      this.#kept += oldBytes.length;
      await blobs.put(oldBytes);
    }
    if (after.kind !== 'file') return after.kind === 'absent' ? countLines(oldBytes, EMPTY) : NO_LINES;
    if (live.kind === 'file' && live.sha256 === after.sha256)
      return { ...NO_LINES, binary: isBinary(oldBytes) };
    if (!(await blobs.has(after.sha256)))
      await blobs.putStream(await fetchBytes(path), after.sha256, MAX_FILE_BYTES);
    return countLines(oldBytes, await blobs.get(after.sha256));
  }

  #isHostEdited(path: WorkspacePath, live: LiveEntry, before: FileState): boolean {
    const written = this.input.written?.get(path);
    if (written !== undefined && stateKey(written) === stateKey(before)) return false;
    const { baseline, startNs } = this.input;
    if (baseline !== undefined)
      return stateKey(toBaselineState(baseline.entries.get(path))) !== stateKey(before);
    return (live.kind === 'file' || live.kind === 'symlink') && live.ctimeNs > startNs;
  }
}

function findProblem(path: WorkspacePath, before: FileState, after: FileState): string | undefined {
  const limit = `${MAX_FILE_BYTES / 2 ** 20} MiB`;
  if (after.kind === 'symlink') return findLinkProblem(path, after.target);
  if (after.kind === 'file' && after.size > MAX_FILE_BYTES) return `it is larger than ${limit}`;
  if (before.kind === 'file' && before.size > MAX_FILE_BYTES) return `the real file is larger than ${limit}`;
  return undefined;
}

function statusOf(before: FileState, after: FileState): ChangeStatus {
  if (after.kind === 'absent') return 'deleted';
  if (after.kind === 'symlink') return 'symlink';
  if (before.kind === 'absent') return 'added';
  return before.kind === 'file' && before.sha256 === after.sha256 ? 'mode' : 'modified';
}

function refuse(path: WorkspacePath, reason: string): Change {
  const absent: FileState = { kind: 'absent' };
  return { path, status: 'refused', before: absent, after: absent, ...NO_LINES, reason };
}
