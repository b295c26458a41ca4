import type { WorkspacePath } from '../../base/workspace-path.js';
import type { BlobStore } from '../blob-store.js';
import type { Change, FileState } from '../changes.js';
import { mapConcurrent } from '../concurrent.js';
import { findGitPart } from '../git-names.js';
import type { LiveWorkspace } from '../live-workspace.js';
import type { Baseline } from '../view/baseline.js';
import type { MaskedFile } from '../view/scan-secrets.js';
import type { StrategyKind } from '../view/strategy.js';
import type { CandidateContext, Candidates } from './candidates.js';
import { CaptureMemory } from './capture-memory.js';
import { findCopyCandidates } from './copy-candidates.js';
import { foldCrowds } from './fold-crowds.js';
import { ChangeJudge } from './judge-candidate.js';
import { markEmptied } from './mark-emptied.js';
import { findOverlayCandidates } from './overlay-candidates.js';
import { pairRenames } from './pair-renames.js';
import { indexEntries, type SandboxEntry } from './sandbox-entries.js';
import { addWrittenCandidates } from './written-candidates.js';

export interface DeriveInput {
  readonly strategy: StrategyKind;
  readonly entries: readonly SandboxEntry[];
  readonly live: LiveWorkspace;
  readonly blobs: BlobStore;
  readonly masked: readonly MaskedFile[];
  /** From `stampSessionStart`. */
  readonly startNs: bigint;
  /** Needed for `copy`. */
  readonly baseline?: Baseline;
  /** The sandbox's bytes of a regular file. */
  readonly fetchBytes: (path: WorkspacePath) => Promise<AsyncIterable<Uint8Array>>;
  /** Which of these paths do not exist in the sandbox; at most `ABSENT_BATCH` at a time. */
  readonly absent: (paths: readonly WorkspacePath[]) => Promise<readonly WorkspacePath[]>;
  /** What Airlock itself wrote meanwhile (`Review.written`): not an edit of the host. */
  readonly written?: ReadonlyMap<WorkspacePath, FileState>;
  /** Shared by the captures of one session: bounds what they store, and spares looking twice. */
  readonly memory?: CaptureMemory;
  readonly maxChanges?: number;
  readonly signal?: AbortSignal;
}

export interface DerivedChanges {
  /** Sorted by path. */
  readonly changes: readonly Change[];
  /** Changed paths that the host edited too, since the session's start. */
  readonly hostEdited: ReadonlySet<WorkspacePath>;
}

/** Bounds one question to the sandbox. */
export const ABSENT_BATCH = { paths: 10_000, bytes: 1024 * 1024 } as const;
const MAX_CHANGES = 20_000;
const WIDTH = 4;

/** Compares what the sandbox reports with the real workspace, and stores the bytes of both sides. */
export async function deriveChanges(input: DeriveInput): Promise<DerivedChanges> {
  const context: CandidateContext = {
    index: indexEntries(input.entries),
    live: input.live,
    absent: (paths) => askInBatches(paths, input.absent),
    startNs: input.startNs,
    baseline: input.baseline,
    masked: new Set(input.masked.map((file) => file.path)),
    maxChanges: input.maxChanges ?? MAX_CHANGES,
    signal: input.signal,
  };
  const find = input.strategy === 'overlay' ? findOverlayCandidates : findCopyCandidates;
  const found = await find(context);
  await addWrittenCandidates(context, found, input.written ?? new Map());
  const candidates = await foldCrowds(foldGit(found.candidates), context.index, input.live);
  const memory = input.memory ?? new CaptureMemory();
  const judge = new ChangeJudge(input, memory);
  const judged = await mapConcurrent([...candidates], WIDTH, ([path, proposal]) => {
    input.signal?.throwIfAborted();
    return judge.judge(path, proposal);
  });
  memory.turn();
  const changes = judged.filter((change) => change !== undefined).sort((a, b) => (a.path < b.path ? -1 : 1));
  return { changes: markEmptied(pairRenames(changes), found.gone), hostEdited: judge.hostEdited };
}

/** Deletions inside a nested `.git` become one refusal; those of the root's own are not even that. */
function foldGit(candidates: Candidates): Candidates {
  const folded: Candidates = new Map();
  for (const [path, proposal] of candidates) {
    const gitPart = findGitPart(path);
    if (gitPart === '.git') continue;
    if (gitPart === undefined || gitPart === path)
      folded.set(path, gitPart === undefined ? proposal : refuseGit(proposal));
    else if (!folded.has(gitPart)) folded.set(gitPart, refuseGit(proposal));
  }
  return folded;
}

function refuseGit(proposal: Candidates extends Map<string, infer P> ? P : never) {
  return proposal.kind === 'refused'
    ? proposal
    : { kind: 'refused' as const, reason: "git's own data is never copied back" };
}

async function askInBatches(
  paths: readonly WorkspacePath[],
  absent: DeriveInput['absent'],
): Promise<readonly WorkspacePath[]> {
  const found: WorkspacePath[] = [];
  let batch: WorkspacePath[] = [];
  let bytes = 0;
  const flush = async () => {
    const asked = new Set(batch);
    for (const path of await absent(batch)) if (asked.has(path)) found.push(path);
    batch = [];
    bytes = 0;
  };
  for (const path of paths) {
    const size = Buffer.byteLength(JSON.stringify(path)) + 1;
    if (batch.length >= ABSENT_BATCH.paths || bytes + size > ABSENT_BATCH.bytes) await flush();
    batch.push(path);
    bytes += size;
  }
  if (batch.length > 0) await flush();
  return found;
}
