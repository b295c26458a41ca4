import { chmod, cp, mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import type { Tree } from './fixture.js';

const name = fc.constantFrom('a', 'b', 'c d', '-e', 'ü');
const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
const content = fc.constantFrom('', 'one\n', 'one\ntwo\n', '\0binary');

export type Action =
  | { readonly kind: 'write'; readonly path: string; readonly content: string }
  | { readonly kind: 'remove' | 'mkdir' | 'link' | 'flip'; readonly path: string }
  | { readonly kind: 'move' | 'copy'; readonly path: string; readonly to: string };

const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ kind: fc.constant('write' as const), path, content }),
  fc.record({
    kind: fc.constantFrom('remove' as const, 'mkdir' as const, 'link' as const, 'flip' as const),
    path,
  }),
  fc.record({ kind: fc.constantFrom('move' as const, 'copy' as const), path, to: path }),
);

/** What an agent does between two captures. */
export const actions = fc.array(action, { maxLength: 8 });

/** Files, and folders that are empty. */
export const trees: fc.Arbitrary<Tree> = fc
  .array(fc.tuple(path, fc.oneof(content, content, fc.constant({ folder: true } as const))), { maxLength: 8 })
  .map(toTree);

/** As an agent's tools would: a step that is not possible in the tree as it is does nothing. */
export async function performAll(view: string, steps: readonly Action[]): Promise<void> {
  for (const step of steps) await perform(view, step).catch(() => undefined);
}

async function perform(view: string, step: Action): Promise<void> {
  const location = join(view, step.path);
  switch (step.kind) {
    case 'write':
      await rm(location, { recursive: true, force: true });
      await mkdir(dirname(location), { recursive: true });
      return writeFile(location, step.content);
    case 'remove':
      return rm(location, { recursive: true });
    case 'mkdir':
      await rm(location, { recursive: true, force: true });
      await mkdir(location, { recursive: true });
      return;
    case 'link':
      await rm(location, { recursive: true, force: true });
      return symlink('some/where', location);
    case 'flip':
      return chmod(location, 0o755);
    case 'move':
      return rename(location, join(view, step.to));
    case 'copy':
      return cp(location, join(view, step.to), { recursive: true, verbatimSymlinks: true });
  }
}

function toTree(entries: readonly (readonly [string, Tree[string]])[]): Tree {
  const tree: Record<string, Tree[string]> = {};
  for (const [path, entry] of entries) {
    const clashes = Object.keys(tree).some(
      (other) => other.startsWith(`${path}/`) || path.startsWith(`${other}/`),
    );
    if (!clashes) tree[path] = entry;
  }
  return tree;
}
