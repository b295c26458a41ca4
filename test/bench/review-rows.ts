import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from '../../src/base/hash.js';
import { listRows } from '../../src/ui/rows.js';
import { buildTree } from '../../src/ui/tree-model.js';
import type { Change, FileState } from '../../src/workspace/changes.js';
import { createReview, openReview, type WorkspaceReview } from '../../src/workspace/review/review.js';
import { alternate, median, type Row, row, timed } from './measure.js';

const FILES = 2_000;
const RUNS = 15;
const TREE_LIMIT_MS = 100;

/** What the user waits for when a stored review is offered again: it is read and checked, and shown as a tree. */
export async function measureReviews(dir: string): Promise<readonly Row[]> {
  const storage = { dir: join(dir, 'session'), stateDir: join(dir, 'state') };
  const workspace = join(dir, 'workspace');
  await Promise.all([storage.dir, workspace].map((path) => mkdir(path, { recursive: true })));
  const made = await createReview(storage, { sessionId: 'bench', workspace, createdAt: 1, prompt: 'bench' });
  await made.update(
    Array.from({ length: FILES }, (_, index) => makeChange(index)),
    new Set(),
  );
  const file = await findReviewFile(storage.dir);
  const opening = await alternate(
    RUNS,
    () => timed(async () => expectAll((await open(storage)).list().length)),
    () => timed(async () => JSON.parse(await readFile(file, 'utf8'))),
    3,
  );
  const trees: number[] = [];
  const review = await open(storage);
  for (let run = 0; run < RUNS; run += 1)
    trees.push(
      await timed(async () => {
        const rows = listRows(review);
        expectAll(rows.length);
        buildTree(rows);
      }),
    );
  const count = FILES.toLocaleString('en');
  return [
    row(`opening of a stored review of ${count} files, against JSON.parse of it`, opening, 'ms', RUNS),
    row(`rows and tree of ${count} changes`, { ours: median(trees), against: TREE_LIMIT_MS }, 'ms', RUNS, {
      of: 'ours',
      value: TREE_LIMIT_MS,
    }),
  ];
}

function makeChange(index: number): Change {
  const path = `packages/part-${index % 9}/src/folder-${index % 160}/file-${index}.ts`;
  const kind = index % 10;
  const before: FileState = kind === 0 ? { kind: 'absent' } : fileState(`before ${index}`);
  const after: FileState = kind === 1 ? { kind: 'absent' } : fileState(`after ${index}`);
  const status = kind === 0 ? 'added' : kind === 1 ? 'deleted' : 'modified';
  return { path, status, before, after, binary: false, added: index % 50, removed: index % 30 };
}

function fileState(text: string): FileState {
  return { kind: 'file', sha256: sha256(text), size: text.length, mode: 0o644 };
}

async function open(storage: { dir: string; stateDir: string }): Promise<WorkspaceReview> {
  const opened = await openReview(storage);
  if (opened.kind !== 'open') throw new Error(`the review is ${opened.kind}`);
  return opened.review;
}

async function findReviewFile(dir: string): Promise<string> {
  const name = (await readdir(dir)).find((found) => found.startsWith('review'));
  if (name === undefined) throw new Error('no review was stored');
  return join(dir, name);
}

function expectAll(found: number): void {
  if (found !== FILES) throw new Error(`${found} changes instead of ${FILES}`);
}
