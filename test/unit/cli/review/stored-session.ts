import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { sha256 } from '../../../../src/base/hash.js';
import { createSessionId } from '../../../../src/base/ids.js';
import { currentOwner, type Owner } from '../../../../src/base/owner.js';
import { createSessionFiles } from '../../../../src/session/stale/session-files.js';
import type { Change, FileState } from '../../../../src/workspace/changes.js';
import { countLines } from '../../../../src/workspace/count-lines.js';
import { createReview, type WorkspaceReview } from '../../../../src/workspace/review/review.js';

export type TestSide =
  | { readonly text: string | Buffer; readonly mode?: number }
  | { readonly link: string }
  | undefined;

export interface TestChange {
  readonly before?: TestSide;
  readonly after?: TestSide;
  readonly renamedFrom?: string;
  readonly isHostEdited?: boolean;
  /** It can never be applied, for this reason. */
  readonly refused?: string;
}

export interface StoredSession {
  readonly id: string;
  readonly review: WorkspaceReview;
}

export interface CliEnd {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/** A state directory with sessions that have ended, and their workspace; the real program works on both. */
export class StoredSessions {
  private constructor(
    readonly root: string,
    readonly workspace: string,
    readonly stateDir: string,
  ) {}

  static async create(): Promise<StoredSessions> {
    const root = await realpath(await mkdtemp(join(tmpdir(), 'airlock-cli-')));
    const made = new StoredSessions(root, join(root, 'ws'), join(root, 'state'));
    await mkdir(made.workspace);
    return made;
  }

  /** What an agent proposed, against the real files, which are written too. */
  async store(
    changes: Readonly<Record<string, TestChange>>,
    { createdAt = Date.now(), workspace = this.workspace, owner = DEAD, prompt = 'tidy up' } = {},
  ): Promise<StoredSession> {
    const id = createSessionId();
    const { dir } = await createSessionFiles(this.stateDir, id, owner);
    const meta = { sessionId: id, workspace, createdAt, prompt };
    const review = await createReview({ dir, stateDir: this.stateDir }, meta);
    const edited = new Set<string>();
    const proposed: Change[] = [];
    for (const [path, change] of Object.entries(changes)) {
      await writeSide(join(workspace, path), change.before);
      for (const side of [change.before, change.after])
        if (side !== undefined && 'text' in side) await review.blobs.put(Buffer.from(side.text));
      proposed.push(toChange(path, change));
      if (change.isHostEdited === true) edited.add(path);
    }
    await review.update(proposed, edited);
    return { id, review };
  }

  /** The real program, in the workspace unless told otherwise. */
  async run(args: readonly string[], { cwd = this.workspace, env = {} }: CliOptions = {}): Promise<CliEnd> {
    const [command = '', ...rest] = args;
    const child = spawn(process.execPath, [CLI, command, '--state-dir', this.stateDir, ...rest], {
      cwd,
      env: { PATH: process.env.PATH, HOME: '/nonexistent', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const output = Promise.all([text(child.stdout), text(child.stderr)]);
    const [status] = await once(child, 'close');
    const [stdout, stderr] = await output;
    return { status, stdout, stderr };
  }

  remove(): Promise<void> {
    return rm(this.root, { recursive: true, force: true });
  }
}

export const CLI = resolve('dist/cli.js');
const DEAD: Owner = { ...currentOwner(), pid: 999_999_999, start: 1 };

export async function writeSide(location: string, side: TestSide): Promise<void> {
  if (side === undefined) return;
  await mkdir(dirname(location), { recursive: true });
  if ('link' in side) await symlink(side.link, location);
  else {
    await writeFile(location, side.text);
    await chmod(location, side.mode ?? 0o644);
  }
}

function toChange(path: string, { before, after, renamedFrom, refused }: TestChange): Change {
  const [old, later] = [toState(before), toState(after)];
  const isLink = later.kind === 'symlink' || old.kind === 'symlink';
  const lines = countLines(bytesOf(before), bytesOf(after));
  const isMode = old.kind === 'file' && later.kind === 'file' && old.sha256 === later.sha256;
  const change = { path, before: old, after: later, ...lines };
  if (refused !== undefined) return { ...change, status: 'refused', reason: refused };
  if (later.kind === 'absent') return { ...change, status: 'deleted' };
  if (isLink) return { ...change, status: 'symlink' };
  if (isMode) return { ...change, status: 'mode' };
  const status = old.kind === 'absent' ? 'added' : 'modified';
  return { ...change, status, ...(renamedFrom === undefined ? {} : { renamedFrom }) };
}

function toState(side: TestSide): FileState {
  if (side === undefined) return { kind: 'absent' };
  if ('link' in side) return { kind: 'symlink', target: side.link };
  const bytes = Buffer.from(side.text);
  return { kind: 'file', sha256: sha256(bytes), size: bytes.length, mode: side.mode ?? 0o644 };
}

function bytesOf(side: TestSide): Buffer {
  return side !== undefined && 'text' in side ? Buffer.from(side.text) : Buffer.alloc(0);
}
