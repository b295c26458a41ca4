import { sha256 } from '../../../../src/base/hash.js';
import type { Change, FileState } from '../../../../src/workspace/changes.js';

type Bytes = string | Uint8Array;

/** A change from one content to another; an absent one is no file. */
export function changeOf(path: string, before: Bytes | undefined, after: Bytes | undefined): Change {
  const status = before === undefined ? 'added' : after === undefined ? 'deleted' : 'modified';
  return {
    path,
    status,
    before: stateOf(before),
    after: stateOf(after),
    binary: false,
    added: 1,
    removed: 0,
  };
}

export function linkTo(path: string, target: string): Change {
  const after: FileState = { kind: 'symlink', target };
  return { path, status: 'symlink', before: { kind: 'absent' }, after, binary: false, added: 0, removed: 0 };
}

function stateOf(bytes: Bytes | undefined): FileState {
  if (bytes === undefined) return { kind: 'absent' };
  return { kind: 'file', sha256: sha256(bytes), size: Buffer.byteLength(bytes), mode: 0o644 };
}
