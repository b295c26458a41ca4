import { execFile } from 'node:child_process';
import { createReadStream, lstatSync } from 'node:fs';
import {
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  realpath,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { collectChanges } from '../../../src/guest/tool-proxy/changes/collect.js';
import { type Identities, recordIdentities } from '../../../src/guest/tool-proxy/changes/identities.js';
import { unpackTar } from '../../../src/guest/tool-proxy/import/unpack-tar.js';
import { BlobStore } from '../../../src/workspace/blob-store.js';
import { CaptureMemory } from '../../../src/workspace/capture/capture-memory.js';
import { type DerivedChanges, deriveChanges } from '../../../src/workspace/capture/derive-changes.js';
import type { SandboxEntry } from '../../../src/workspace/capture/sandbox-entries.js';
import { LiveWorkspace } from '../../../src/workspace/live-workspace.js';
import { createReview, type OnDecision, type WorkspaceReview } from '../../../src/workspace/review/review.js';
import type { Baseline } from '../../../src/workspace/view/baseline.js';
import { prepareOverlay, removeOverlayDirs } from '../../../src/workspace/view/overlay.js';
import { packWorkspace } from '../../../src/workspace/view/pack.js';
import type { MaskedFile } from '../../../src/workspace/view/scan-secrets.js';
import { stampSessionStart } from '../../../src/workspace/view/session-clock.js';

const run = promisify(execFile);

export const RUNNER = 12345;

/** A file by content and executable bit, a link by target, an empty folder; others only as parts of paths. */
export type Tree = Readonly<
  Record<string, string | Uint8Array | { link: string } | { script: string } | { folder: true }>
>;

/** A temporary directory with a real workspace in it. */
export async function makeWorkspace(tree: Tree): Promise<{ base: string; root: string; sessionDir: string }> {
  const base = await realpath(await mkdtemp(join(tmpdir(), 'airlock-test-')));
  const root = join(base, 'real');
  const sessionDir = join(base, 'session');
  await mkdir(root);
  await mkdir(sessionDir, { mode: 0o700 });
  await writeTree(root, tree);
  return { base, root, sessionDir };
}

export async function writeTree(root: string, tree: Tree): Promise<void> {
  for (const [path, content] of Object.entries(tree)) {
    const location = join(root, path);
    await mkdir(dirname(location), { recursive: true });
    if (typeof content === 'string' || content instanceof Uint8Array) await writeFile(location, content);
    else if ('folder' in content) await mkdir(location);
    else if ('link' in content) await symlink(content.link, location);
    else await writeFile(location, content.script, { mode: 0o755 });
  }
}

/** Everything, in a form that can be compared; of folders the empty ones, since the others are in the paths. */
export async function readTree(root: string, dir = ''): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  const entries = await readdir(join(root, dir), { withFileTypes: true });
  if (entries.length === 0 && dir !== '') found[`${dir}/`] = 'folder';
  for (const entry of entries) {
    const path = dir === '' ? entry.name : `${dir}/${entry.name}`;
    const location = join(root, path);
    if (entry.isDirectory()) Object.assign(found, await readTree(root, path));
    else if (entry.isSymbolicLink()) found[path] = `-> ${await readlink(location)}`;
    else if (entry.isFile()) {
      const executable = ((await lstat(location)).mode & 0o111) !== 0;
      found[path] = `${executable ? 'x' : '-'} ${(await readFile(location)).toString('base64')}`;
    } else found[path] = 'special';
  }
  return found;
}

/** A sandbox without its container: the real mount or the real copy, and the guest's own collector. */
export class Sandbox {
  baseline: Baseline | undefined;
  identities: Identities | undefined;
  masked: readonly MaskedFile[] = [];
  readonly live: LiveWorkspace;
  memory = new CaptureMemory();
  /** What was asked of the sandbox so far. */
  readonly fetched: string[] = [];

  private constructor(
    readonly base: string,
    readonly root: string,
    readonly sessionDir: string,
    /** What the agent's tools work on. */
    readonly view: string,
    readonly upperDir: string | undefined,
    readonly startNs: bigint,
    readonly review: WorkspaceReview,
  ) {
    this.live = new LiveWorkspace(root);
  }

  static async overlay(tree: Tree, onDecision?: OnDecision): Promise<Sandbox> {
    const { base, root, sessionDir } = await makeWorkspace(tree);
    await run('chown', ['-hR', `${RUNNER}:${RUNNER}`, root]);
    const facts = { root, ownerUid: RUNNER, ownerGid: RUNNER, hostUid: process.getuid?.() ?? -1 };
    const prepared = await prepareOverlay(sessionDir, facts);
    const view = join(base, 'view');
    await mkdir(view);
    await mountOverlay(prepared.volumeOptions.o ?? '', view);
    return Sandbox.#open(base, root, sessionDir, view, prepared.upperDir, onDecision);
  }

  static async copy(tree: Tree, masked: readonly MaskedFile[] = []): Promise<Sandbox> {
    const { base, root, sessionDir } = await makeWorkspace(tree);
    const view = join(base, 'view');
    await mkdir(view);
    const packed = packWorkspace(root, { masked, maxBytes: 2 ** 30, signal: new AbortController().signal });
    await unpackTar(view, packed.stream);
    const sandbox = await Sandbox.#open(base, root, sessionDir, view, undefined);
    sandbox.baseline = await packed.baseline;
    sandbox.identities = await recordIdentities(view);
    sandbox.masked = masked;
    return sandbox;
  }

  static async #open(
    base: string,
    root: string,
    sessionDir: string,
    view: string,
    upperDir: string | undefined,
    onDecision?: OnDecision,
  ): Promise<Sandbox> {
    const meta = { sessionId: 'test', workspace: root, createdAt: 1, prompt: 'do it' };
    const review = await createReview(
      { dir: sessionDir, stateDir: base, ...(onDecision && { onDecision }) },
      meta,
    );
    return new Sandbox(base, root, sessionDir, view, upperDir, await stampSessionStart(sessionDir), review);
  }

  async entries(): Promise<readonly SandboxEntry[]> {
    const source =
      this.upperDir === undefined
        ? { kind: 'copy' as const, identities: this.identities ?? new Map() }
        : { kind: 'overlay' as const, upperDir: this.upperDir };
    return (await collectChanges(this.view, source)).filter((entry) => entry.type !== 'end');
  }

  /** Collects, derives and hands the result to the review. */
  async collect(): Promise<DerivedChanges> {
    const derived = await deriveChanges({
      strategy: this.upperDir === undefined ? 'copy' : 'overlay',
      entries: await this.entries(),
      live: this.live,
      blobs: new BlobStore(this.sessionDir),
      masked: this.masked,
      startNs: this.startNs,
      ...(this.baseline === undefined ? {} : { baseline: this.baseline }),
      fetchBytes: async (path) => {
        this.fetched.push(path);
        return createReadStream(join(this.view, path));
      },
      absent: async (paths) => paths.filter((path) => !isPresent(join(this.view, path))),
      written: this.review.written,
      memory: this.memory,
    });
    await this.review.update(derived.changes, derived.hostEdited);
    return derived;
  }

  async unmount(): Promise<void> {
    await run('umount', [this.view]);
  }

  async remove(): Promise<void> {
    if (this.upperDir !== undefined) {
      await this.unmount();
      await removeOverlayDirs(this.sessionDir);
    }
    await rm(this.base, { recursive: true, force: true });
  }
}

function isPresent(location: string): boolean {
  try {
    lstatSync(location);
    return true;
  } catch {
    return false; // ENOENT or ENOTDIR: not there, which is the answer.
  }
}

export async function mountOverlay(options: string, target: string): Promise<void> {
  try {
    await run('mount', ['-t', 'overlay', '-o', options, 'overlay', target]);
  } catch (error) {
    throw new Error('these tests need root and a kernel that mounts overlayfs here', { cause: error });
  }
}

/** One line a change: path, status and, where given, the reason. */
export function summarise(changes: readonly { path: string; status: string; reason?: string }[]): string[] {
  return changes.map(({ path, status }) => `${status} ${path}`);
}
