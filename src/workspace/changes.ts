import type { WorkspacePath } from '../base/workspace-path.js';

/** One side of a change. Bytes are kept by hash in the blob store. Modes are permission bits. */
export type FileState =
  | { readonly kind: 'absent' }
  | { readonly kind: 'file'; readonly sha256: string; readonly size: number; readonly mode: number }
  | { readonly kind: 'symlink'; readonly target: string }
  /** An empty folder; one with something in it is no side of a change. */
  | { readonly kind: 'directory' };

export type ChangeStatus = 'added' | 'modified' | 'deleted' | 'mode' | 'symlink' | 'refused';

export type ChangeDecision = 'pending' | 'approved' | 'rejected' | 'applied' | 'conflict';

/** A difference between the workspace at the session's start and the sandbox, ready for review. */
export interface Change {
  readonly path: WorkspacePath;
  readonly status: ChangeStatus;
  /** As it was in the real workspace when it was first seen changed. */
  readonly before: FileState;
  readonly after: FileState;
  /** For a deleted+added pair with equal bytes: the other path. Display only. */
  readonly renamedFrom?: WorkspacePath;
  readonly binary: boolean;
  /** Lines added and removed; 0 for binary. */
  readonly added: number;
  readonly removed: number;
  /** For `refused`: why it can never be applied. */
  readonly reason?: string;
  /** For `deleted`: the topmost folder above that is gone too, to be removed when nothing else is left in it. */
  readonly emptied?: WorkspacePath;
}

/** Identity of what was shown: an approval holds for exactly this. */
export function changeKey(change: Change): string {
  return joinStates(change.path, stateKey(change.before), stateKey(change.after));
}

/** The same of the `stateKey` of each side. */
export function joinStates(path: WorkspacePath, before: string, after: string): string {
  return [path, before, after].join('\0');
}

/** A file or a link, as opposed to nothing and to a folder. */
export function isFile({ kind }: FileState): boolean {
  return kind === 'file' || kind === 'symlink';
}

/** True where a folder is made or removed, or takes the place of a file: there is no content to show. */
export function isFolder({ before, after }: Pick<Change, 'before' | 'after'>): boolean {
  return before.kind === 'directory' || after.kind === 'directory';
}

export function stateKey(state: FileState): string {
  switch (state.kind) {
    case 'absent':
      return '-';
    case 'file':
      return `f:${state.sha256}:${(state.mode & 0o111) !== 0 ? 'x' : '-'}`;
    case 'symlink':
      return `l:${state.target}`;
    case 'directory':
      return 'd';
  }
}
