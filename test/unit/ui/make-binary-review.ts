import { mkdir, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { sha256 } from '../../../src/base/hash.js';
import type { Change, FileState } from '../../../src/workspace/changes.js';
import { type MadeReview, makeReview } from './make-review.js';

export interface ProposedBytes {
  readonly before?: Uint8Array;
  readonly after?: Uint8Array;
}

/** As `makeReview`, of files that are no text. */
export async function makeBinaryReview(files: Readonly<Record<string, ProposedBytes>>): Promise<MadeReview> {
  const made = await makeReview({});
  const changes: Change[] = [];
  for (const [name, { before, after }] of Object.entries(files)) {
    for (const bytes of [before, after]) if (bytes !== undefined) await made.review.blobs.put(bytes);
    if (before !== undefined) {
      const file = path.join(made.workspace, name);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, before, { mode: 0o644 });
    }
    const status = before === undefined ? 'added' : after === undefined ? 'deleted' : 'modified';
    changes.push({
      path: name,
      status,
      before: toState(before),
      after: toState(after),
      binary: true,
      added: 0,
      removed: 0,
    });
  }
  await made.review.update(changes, new Set());
  return made;
}

function toState(bytes: Uint8Array | undefined): FileState {
  if (bytes === undefined) return { kind: 'absent' };
  return { kind: 'file', sha256: sha256(bytes), size: bytes.length, mode: 0o644 };
}
