import { execFile } from 'node:child_process';
import { link, mkdir, open, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { sha256 } from '../../src/base/hash.js';
import { Applier } from '../../src/workspace/apply/applier.js';
import type { ApplyItem } from '../../src/workspace/apply/scan.js';
import { BlobStore } from '../../src/workspace/blob-store.js';
import type { FileState } from '../../src/workspace/changes.js';
import { alternatePairs, type Row, row, timed } from './measure.js';
import { writeSource } from './source-text.js';

const FILES = 1000;
const FOLDERS = 50;
const ROUNDS = 9;
const LIMIT = 1.5;

interface Edit {
  readonly path: string;
  readonly before: Buffer;
  readonly after: Buffer;
}

/**
 * Edits of source files: through the real applier, which takes the approved bytes from their store, keeps what it
 * replaces and leaves no mixture after a crash; against a loop that has the new bytes in memory and knows nothing else.
 * Both work in one workspace on the same disk, in turn: one makes the edits, the other takes them back.
 */
export async function measureApply(dir: string): Promise<readonly Row[]> {
  const root = join(dir, 'workspace');
  const edits = listEdits();
  for (const folder of new Set(edits.map(({ path }) => path.split('/').slice(0, -1).join('/'))))
    await mkdir(join(root, folder), { recursive: true });
  for (const { path, before } of edits) await writeFile(join(root, path), before);
  const blobs = new BlobStore(join(dir, 'session'));
  for (const { after } of edits) await blobs.put(after);
  const applier = new Applier(join(dir, 'state'), root);
  const items = edits.map(
    ({ path, before, after }): ApplyItem => ({ path, expected: stateOf(before), after: stateOf(after) }),
  );
  const setAside = keeper(root, join(dir, 'aside'), edits);
  const ours = await alternatePairs(
    ROUNDS,
    async () => {
      await setAside();
      const ms = await timed(() => apply(applier, items, blobs));
      await expectAll(root, edits, 'after');
      return ms;
    },
    async () => {
      await setAside();
      const ms = await timed(() => replaceOneByOne(root, edits));
      await expectAll(root, edits, 'before');
      return ms;
    },
    2,
  );
  const name = `apply of ${FILES.toLocaleString('en')} edited files, against a loop of write, fsync and rename`;
  return [row(name, ours, 'ms', ROUNDS, { of: 'ratio', value: LIMIT })];
}

function listEdits(): readonly Edit[] {
  return Array.from({ length: FILES }, (_, index) => {
    const lines = writeSource(index, 70 + (index % 90));
    const before = Buffer.from(lines.join(''));
    const after = Buffer.from(
      lines.map((line, at) => (at % 23 === 5 ? line.replace('value', 'amount') : line)).join(''),
    );
    const folder = index % FOLDERS;
    return { path: `src/part-${folder % 7}/folder-${folder}/file-${index}.ts`, before, after };
  });
}

function stateOf(bytes: Buffer): FileState {
  return { kind: 'file', sha256: sha256(bytes), size: bytes.length, mode: 0o644 };
}

async function apply(applier: Applier, items: readonly ApplyItem[], blobs: BlobStore): Promise<void> {
  const outcomes = await applier.apply('bench', items, (sha) => blobs.get(sha));
  const other = outcomes.find(({ kind }) => kind !== 'applied');
  if (outcomes.length !== items.length || other !== undefined)
    throw new Error(`not everything was applied: ${JSON.stringify(other)}`);
}

async function replaceOneByOne(root: string, edits: readonly Edit[]): Promise<void> {
  for (const { path, before } of edits) {
    const location = join(root, path);
    const temp = `${location}.tmp`;
    const handle = await open(temp, 'wx', 0o644);
    try {
      await handle.write(before);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temp, location);
  }
}

/**
 * Before each turn, gives every file a second name, and lets the disk come to rest. ext4 takes long to make a file
 * within minutes after many were removed nearby: without this both would be measured at that, as no single apply is.
 */
function keeper(root: string, aside: string, edits: readonly Edit[]): () => Promise<void> {
  let turn = 0;
  return async () => {
    const place = join(aside, `${turn}`);
    turn += 1;
    await mkdir(place, { recursive: true });
    for (const [index, { path }] of edits.entries()) await link(join(root, path), join(place, `${index}`));
    await promisify(execFile)('sync');
  };
}

async function expectAll(root: string, edits: readonly Edit[], side: 'before' | 'after'): Promise<void> {
  for (const edit of edits)
    if (!(await readFile(join(root, edit.path))).equals(edit[side]))
      throw new Error(`${edit.path} is not as it should be ${side}`);
}
