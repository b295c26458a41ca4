import { sha256 } from '../../base/hash.js';
import type { WorkspacePath } from '../../base/workspace-path.js';
import { BlobError } from '../blob-store.js';
import { type Change, type ChangeStatus, type FileState, stateKey } from '../changes.js';
import { countLines, isBinary, type LineCounts } from '../count-lines.js';
import { findLinkProblem } from '../link-target.js';
import { type LiveEntry, MAX_FILE_BYTES, stateBefore } from '../live-workspace.js';
import { listRefusedNames } from '../refused-names.js';
import { toBaselineState } from '../view/baseline.js';
import type { Proposal } from './candidates.js';
import type { CaptureMemory } from './capture-memory.js';
import type { DeriveInput } from './derive-changes.js';

interface Looked {
  readonly change: Change | undefined;
  readonly hostEdited: boolean;
}

const EMPTY = new Uint8Array();
const NO_LINES: LineCounts = { binary: false, added: 0, removed: 0 };

/** Turns one candidate into a change, a refusal, or nothing when the real file is the same. */
export class ChangeJudge {
  readonly hostEdited = new Set<WorkspacePath>();
  readonly #placeholders: ReadonlyMap<WorkspacePath, string>;

  constructor(
    readonly input: DeriveInput,
    readonly memory: CaptureMemory,
  ) {
    this.#placeholders = new Map(input.masked.map((file) => [file.path, sha256(file.content)]));
  }

  async judge(path: WorkspacePath, proposal: Proposal): Promise<Change | undefined> {
    const placeholder = this.#placeholders.get(path);
    if (placeholder !== undefined) {
      if (proposal.kind === 'file' && proposal.sha256 === placeholder) return undefined;
      return refuse(path, 'it holds a secret that the agent was not shown');
    }
    if (proposal.kind === 'refused') return refuse(path, proposal.reason);
    // Before the content is read: an edit in between is then seen by the next capture, and by the approval.
    const { identity } = await this.input.live.inspect(path);
    const written = this.input.written?.get(path);
    const key = `${JSON.stringify(proposal)} ${identity} ${written === undefined ? '' : stateKey(written)}`;
    const last = this.memory.recall(path);
    const captured = last?.key === key ? last : await this.#look(path, proposal, last?.change);
    if (captured instanceof BlobError) return refuse(path, `it could not be captured: ${captured.message}`);
    this.memory.remember(path, { key, change: captured.change, hostEdited: captured.hostEdited });
    if (captured.hostEdited) this.hostEdited.add(path);
    return captured.change;
  }

  async #look(path: WorkspacePath, after: FileState, last: Change | undefined): Promise<Looked | BlobError> {
    const none = (change: Change | undefined) => ({ change, hostEdited: false });
    const live = await this.input.live.read(path);
    if (live.kind === 'special') return none(refuse(path, 'the real one is a socket, FIFO or device'));
    const before = stateBefore(live, after);
    if (stateKey(before) === stateKey(after)) return none(undefined);
    if (before.kind === 'directory' && (await this.input.live.list(path)).length > 0) return none(undefined);
    const problem = findProblem(path, before, after) ?? (await this.#findRefusedName(path, before, after));
    if (problem !== undefined) return none(refuse(path, problem));
    const lines = await this.#capture(path, live, after, last).catch((error: unknown) => {
      if (error instanceof BlobError) return error;
      throw error;
    });
    if (lines instanceof BlobError) return lines;
    const change: Change = { path, status: statusOf(before, after), before, after, ...lines };
    return { change, hostEdited: this.#isHostEdited(path, live, before) };
  }

  async #capture(
    path: WorkspacePath,
    live: LiveEntry,
    after: FileState,
    last: Change | undefined,
  ): Promise<LineCounts> {
    const { blobs, fetchBytes } = this.input;
    const oldBytes = live.kind === 'file' ? (live.bytes ?? EMPTY) : EMPTY;
    if (live.kind === 'file' && !(await blobs.has(live.sha256)) && this.memory.takeBefore(oldBytes.length))
      await blobs.put(oldBytes);
    if (after.kind === 'symlink') return NO_LINES;
    if (after.kind === 'file' && live.kind === 'file' && live.sha256 === after.sha256)
      return { ...NO_LINES, binary: isBinary(oldBytes) };
    if (after.kind === 'file' && !(await blobs.has(after.sha256))) {
      this.memory.takeAfter(after.size);
      await blobs.putStream(await fetchBytes(path), after.sha256, after.size);
    }
    if (last !== undefined && hasSameContent(last, live, after)) {
      const { binary, added, removed } = last;
      return { binary, added, removed };
    }
    return countLines(oldBytes, after.kind === 'file' ? await blobs.get(after.sha256) : EMPTY);
  }

  /** The name of a folder that is there already is not the proposal's doing. */
  async #findRefusedName(path: WorkspacePath, before: FileState, after: FileState) {
    if (before.kind !== 'absent' || after.kind === 'absent') return undefined;
    for (const { at, reason } of listRefusedNames(path)) {
      const isThere = at !== path && (await this.input.live.inspect(at)).kind === 'directory';
      if (!isThere) return reason;
    }
    return undefined;
  }

  #isHostEdited(path: WorkspacePath, live: LiveEntry, before: FileState): boolean {
    if (before.kind === 'directory') return this.#isHostDir(path);
    const written = this.input.written?.get(path);
    if (written !== undefined && isLeftAs(written, before)) return false;
    const { baseline, startNs } = this.input;
    if (baseline !== undefined) return !isLeftAs(toBaselineState(baseline.entries.get(path)), before);
    return (live.kind === 'file' || live.kind === 'symlink') && live.ctimeNs > startNs;
  }

  /** Whether the user made the folder: where something else was, or again where Airlock removed it. */
  #isHostDir(path: WorkspacePath): boolean {
    const { written, baseline } = this.input;
    // It was made for a file that was approved.
    if ([...(written?.keys() ?? [])].some((other) => other.startsWith(`${path}/`))) return false;
    const known = written?.get(path) ?? baseline?.entries.get(path);
    return known !== undefined && known.kind !== 'directory';
  }
}

/** A folder that is gone or in the way counts as left: what was in it are changes of their own. */
function isLeftAs(known: FileState, now: FileState): boolean {
  return stateKey(known) === stateKey(now) || (known.kind === 'directory' && now.kind === 'absent');
}

/** True when the lines of `last` were counted on the same bytes. */
function hasSameContent({ before, after }: Change, live: LiveEntry, now: FileState): boolean {
  const hashOf = (state: LiveEntry | FileState) => (state.kind === 'file' ? state.sha256 : '');
  return hashOf(before) === hashOf(live) && hashOf(after) === hashOf(now) && hashOf(now) !== '';
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
  const isSame = before.kind === 'file' && after.kind === 'file' && before.sha256 === after.sha256;
  return isSame ? 'mode' : 'modified';
}

function refuse(path: WorkspacePath, reason: string): Change {
  const absent: FileState = { kind: 'absent' };
  return { path, status: 'refused', before: absent, after: absent, ...NO_LINES, reason };
}
