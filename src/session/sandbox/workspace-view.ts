import { errors } from '../../base/errors.js';
import { toVisibleText } from '../../base/visible-text.js';
import { limits } from '../../protocol/limits.js';
import type { ChangeEntry } from '../../protocol/tool-proxy.js';
import { CaptureMemory } from '../../workspace/capture/capture-memory.js';
import { deriveChanges } from '../../workspace/capture/derive-changes.js';
import type { Change } from '../../workspace/changes.js';
import { LiveWorkspace } from '../../workspace/live-workspace.js';
import type { WorkspaceReview } from '../../workspace/review/review.js';
import type { Baseline } from '../../workspace/view/baseline.js';
import { defaultMaskPatterns } from '../../workspace/view/mask-patterns.js';
import { packWorkspace } from '../../workspace/view/pack.js';
import { type MaskedFile, scanSecrets } from '../../workspace/view/scan-secrets.js';
import { stampSessionStart } from '../../workspace/view/session-clock.js';
import type { RunRequest } from '../api.js';
import type { Sandbox } from './start-sandbox.js';

/** Content that strategy `copy` takes into the sandbox at most, bytes. */
const MAX_COPY_BYTES = 4 * 1024 * 1024 * 1024;

export interface ViewOptions {
  readonly request: RunRequest;
  readonly dir: string;
  readonly review: WorkspaceReview;
  readonly signal: AbortSignal;
}

/** The host's side of one sandboxed workspace: what is hidden in it, what it was made from, what changed. */
export interface WorkspaceView {
  /** The time stamp that later edits of the host are told by. */
  readonly stamped: Promise<bigint>;
  /** Hides secrets and, under `copy`, fills the workspace. Returns what is hidden. */
  hideSecrets(sandbox: Sandbox): Promise<readonly MaskedFile[]>;
  /** Reads the sandbox's changes into the review; returns them. */
  capture(sandbox: Sandbox, signal: AbortSignal): Promise<readonly Change[]>;
}

export function openWorkspaceView(options: ViewOptions): WorkspaceView {
  const { request, dir, review, signal } = options;
  const stamped = stampSessionStart(dir);
  // Awaited only when the sandbox is there.
  stamped.catch(() => undefined);
  const memory = new CaptureMemory();
  let masked: readonly MaskedFile[] = [];
  let baseline: Baseline | undefined;

  return {
    stamped,
    async hideSecrets(sandbox) {
      masked = await scanSecrets(request.workspace, [...defaultMaskPatterns, ...request.mask], signal);
      if (sandbox.strategy === 'overlay') await maskInPlace(sandbox, masked);
      else baseline = await fill(sandbox, masked, signal);
      return masked;
    },
    async capture(sandbox, captureSignal) {
      const entries: Exclude<ChangeEntry, { type: 'end' }>[] = [];
      for await (const entry of sandbox.proxy.collect(captureSignal))
        if (entry.type !== 'end') entries.push(entry);
      const { changes, hostEdited } = await deriveChanges({
        strategy: sandbox.strategy,
        entries,
        live: new LiveWorkspace(sandbox.facts.root),
        blobs: review.blobs,
        masked,
        startNs: await stamped,
        ...(baseline === undefined ? {} : { baseline }),
        fetchBytes: (path) => sandbox.proxy.fetch(path, captureSignal),
        absent: (paths) => sandbox.proxy.absent(paths),
        written: review.written,
        memory,
        maxChanges: limits.changes,
        signal: captureSignal,
      });
      await review.update(changes, hostEdited);
      return changes;
    },
  };
}

async function maskInPlace(sandbox: Sandbox, masked: readonly MaskedFile[]): Promise<void> {
  if (masked.length === 0) return;
  const failed = await sandbox.proxy.mask(masked.map(({ path, content }) => ({ path, content })));
  if (failed.length > 0) throw errors.maskFailed(failed.map(({ path }) => path).slice(0, 10));
}

async function fill(sandbox: Sandbox, masked: readonly MaskedFile[], signal: AbortSignal): Promise<Baseline> {
  const packed = packWorkspace(sandbox.facts.root, { masked, maxBytes: MAX_COPY_BYTES, signal });
  const [baseline] = await Promise.all([packed.baseline, sandbox.proxy.importTar(packed.stream, signal)]);
  return baseline;
}

/** One sentence that names the first few. */
export function describeMasked(masked: readonly MaskedFile[]): string {
  const paths = masked.map(({ path }) => path);
  const shown = paths.slice(0, 5).join(', ') + (paths.length > 5 ? ', …' : '');
  const count = paths.length === 1 ? '1 file' : `${paths.length} files`;
  return `Hidden from the agent: ${count} (${toVisibleText(shown)})`;
}
