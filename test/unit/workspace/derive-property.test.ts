import assert from 'node:assert/strict';
import { chmod, cp, mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { approveEvery, readTree, Sandbox, type Tree } from './fixture.js';

const name = fc.constantFrom('a', 'b', 'c d', '-e', 'ü');
const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
const content = fc.constantFrom('', 'one\n', 'one\ntwo\n', '\0binary');

type Action =
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

/** As an agent's tools would: what is not possible in the tree as it is does nothing. */
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

function toTree(files: readonly (readonly [string, string])[]): Tree {
  const tree: Record<string, string> = {};
  for (const [file, text] of files) {
    const clashes = Object.keys(tree).some(
      (other) => other.startsWith(`${file}/`) || file.startsWith(`${other}/`),
    );
    if (!clashes) tree[file] = text;
  }
  return tree;
}

for (const strategy of ['overlay', 'copy'] as const) {
  describe(`any work in a sandbox (${strategy}), approved, is the workspace`, function () {
    this.timeout(120_000);
    it('holds for random trees and actions', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.tuple(path, content), { maxLength: 8 }),
          fc.array(action, { maxLength: 8 }),
          async (files, steps) => {
            const sandbox =
              strategy === 'overlay'
                ? await Sandbox.overlay(toTree(files))
                : await Sandbox.copy(toTree(files));
            try {
              // A step that the tree does not allow is part of the game.
              for (const step of steps) await perform(sandbox.view, step).catch(() => undefined);
              await sandbox.collect();
              const outcomes = await approveEvery(sandbox.review);
              assert.deepEqual(
                outcomes.filter(({ kind }) => kind !== 'applied'),
                [],
              );
              assert.deepEqual(await readTree(sandbox.root), await readTree(sandbox.view));
              const again = await sandbox.collect();
              assert.deepEqual(again.changes, []);
              assert.deepEqual(sandbox.review.list(), []);
            } finally {
              await sandbox.remove();
            }
          },
        ),
        { numRuns: 60 },
      );
    });
  });
}
