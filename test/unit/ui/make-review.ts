import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import * as os from 'node:os';
import * as path from 'node:path';
import { sha256 } from '../../../src/base/hash.js';
import { createSessionId } from '../../../src/base/ids.js';
import type { Change, FileState } from '../../../src/workspace/changes.js';
import { createReview, type WorkspaceReview } from '../../../src/workspace/review/review.js';

export interface ProposedFile {
  readonly before?: string;
  readonly after?: string;
  readonly renamedFrom?: string;
  readonly afterMode?: number;
  readonly isBinary?: boolean;
  /** The user has edited the real file since. */
  readonly isHostEdited?: boolean;
}

export interface MadeReview {
  readonly review: WorkspaceReview;
  readonly workspace: string;
  readonly stateDir: string;
  readonly sessionDir: string;
  remove(): Promise<void>;
}

/** A real review on the disk, of real files in a real folder, as a session would leave it. */
export async function makeReview(
  files: Readonly<Record<string, ProposedFile>>,
  workspace?: string,
  stateDir?: string,
): Promise<MadeReview> {
  const root = await mkdtemp(path.join(os.tmpdir(), 'airlock-ui-'));
  const folder = workspace ?? path.join(root, 'workspace');
  const sessionDir = path.join(root, 'session');
  await mkdir(sessionDir, { recursive: true });
  const meta = {
    sessionId: createSessionId(),
    workspace: folder,
    createdAt: Date.now(),
    prompt: 'tidy up',
    agent: 'Test agent',
  };
  const review = await createReview({ dir: sessionDir, stateDir: stateDir ?? root }, meta);
  const changes: Change[] = [];
  for (const [name, file] of Object.entries(files)) {
    if (file.before !== undefined) {
      await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
      await writeFile(path.join(folder, name), file.before, { mode: 0o644 });
    }
    for (const text of [file.before, file.after])
      if (text !== undefined) await review.blobs.put(Buffer.from(text));
    changes.push(toChange(name, file));
  }
  await mkdir(folder, { recursive: true });
  const edited = Object.keys(files).filter((name) => files[name]?.isHostEdited);
  await review.update(changes, new Set(edited));
  return {
    review,
    workspace: folder,
    stateDir: stateDir ?? root,
    sessionDir,
    remove: () => rm(root, { recursive: true, force: true }),
  };
}

function toChange(name: string, file: ProposedFile): Change {
  const before = toState(file.before, 0o644);
  const after = toState(file.after, file.afterMode ?? 0o644);
  const status = file.before === undefined ? 'added' : file.after === undefined ? 'deleted' : 'modified';
  const isModeOnly = status === 'modified' && file.before === file.after;
  return {
    path: name,
    status: isModeOnly ? 'mode' : status,
    before,
    after,
    binary: file.isBinary ?? false,
    added: file.after === undefined || isModeOnly ? 0 : file.after.split('\n').length - 1,
    removed: file.before === undefined || isModeOnly ? 0 : file.before.split('\n').length - 1,
    ...(file.renamedFrom === undefined ? {} : { renamedFrom: file.renamedFrom }),
  };
}

function toState(text: string | undefined, mode: number): FileState {
  if (text === undefined) return { kind: 'absent' };
  return { kind: 'file', sha256: sha256(text), size: Buffer.byteLength(text), mode };
}
