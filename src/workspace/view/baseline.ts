import type { WorkspacePath } from '../../base/workspace-path.js';
import type { FileState } from '../changes.js';

export type BaselineEntry =
  | {
      readonly kind: 'file';
      /** Of the bytes that were packed. */
      readonly sha256: string;
      readonly size: number;
      readonly mode: number;
      readonly mtimeNs: bigint;
      readonly ctimeNs: bigint;
    }
  | { readonly kind: 'symlink'; readonly target: string }
  | { readonly kind: 'directory' };

/** The workspace as it was handed to the sandbox (strategy `copy`). */
export interface Baseline {
  readonly entries: ReadonlyMap<WorkspacePath, BaselineEntry>;
  /** Paths that were left out, and why: sockets, devices, unreadable, names that are not UTF-8. */
  readonly skipped: ReadonlyMap<WorkspacePath, string>;
}

export function toBaselineState(entry: BaselineEntry | undefined): FileState {
  if (entry === undefined) return { kind: 'absent' };
  if (entry.kind === 'symlink') return { kind: 'symlink', target: entry.target };
  if (entry.kind === 'directory') return { kind: 'directory' };
  return { kind: 'file', sha256: entry.sha256, size: entry.size, mode: entry.mode };
}
