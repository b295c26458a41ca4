import { deepEqual, equal, match } from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sha256 } from '../../../src/base/hash.js';
import { Applier } from '../../../src/workspace/apply/applier.js';
import type { ApplyItem } from '../../../src/workspace/apply/scan.js';
import type { FileState } from '../../../src/workspace/changes.js';
import { LiveWorkspace } from '../../../src/workspace/live-workspace.js';
import { type CaseIgnoringDisk, mountCaseIgnoringDisk } from './case-ignoring-disk.js';

const ABSENT: FileState = { kind: 'absent' };
const toState = (text: string): FileState => ({
  kind: 'file',
  sha256: sha256(text),
  size: text.length,
  mode: 0o755,
});

describe('a file system that ignores case', () => {
  let disk: CaseIgnoringDisk;
  let applier: Applier;
  let stateDir: string;

  beforeEach(() => {
    disk = mountCaseIgnoringDisk();
    stateDir = mkdtempSync(join(tmpdir(), 'airlock-state-'));
    applier = new Applier(stateDir, disk.root);
    writeFileSync(join(disk.root, 'Readme.md'), 'text\n');
    mkdirSync(join(disk.root, 'Src'));
    writeFileSync(join(disk.root, 'Src/a.txt'), 'a\n');
  });
  afterEach(() => {
    disk.remove();
    rmSync(stateDir, { recursive: true });
  });

  const texts = new Map(['text\n', 'new\n', 'a\n'].map((text) => [sha256(text), text]));
  const apply = async (items: readonly ApplyItem[]) =>
    (await applier.apply('test', items, async (sha) => Buffer.from(texts.get(sha) ?? ''))).map((outcome) =>
      outcome.kind === 'failed' ? outcome.error.message : outcome.kind,
    );
  const names = (dir = '') => readdirSync(join(disk.root, dir)).sort();

  it('has no file by a name that is spelled otherwise', async () => {
    const live = new LiveWorkspace(disk.root);
    equal((await live.read('Readme.md')).kind, 'file');
    equal((await live.read('README.md')).kind, 'absent');
    equal((await live.inspect('README.md')).kind, 'absent');
    equal((await live.read('src/a.txt')).kind, 'absent');
    equal((await live.read('Src/a.txt')).kind, 'file');
  });

  it('gets a file renamed that differs in case alone, and its name back', async () => {
    const rename = (after: string): readonly ApplyItem[] => [
      { path: 'README.md', expected: ABSENT, after: toState(after) },
      { path: 'Readme.md', expected: toState('text\n'), after: ABSENT },
    ];
    deepEqual(await apply(rename('text\n')), ['applied', 'applied']);
    deepEqual(names(), ['README.md', 'Src']);
    equal((await applier.undo()).kind, 'undone');
    deepEqual(names(), ['Readme.md', 'Src']);
    deepEqual(await apply(rename('new\n')), ['applied', 'applied']);
    deepEqual(names(), ['README.md', 'Src']);
    equal(readFileSync(join(disk.root, 'README.md'), 'utf8'), 'new\n');
  });

  it('gets a folder renamed that differs in case alone', async () => {
    const items: readonly ApplyItem[] = [
      { path: 'src/a.txt', expected: ABSENT, after: toState('a\n') },
      { path: 'Src/a.txt', expected: toState('a\n'), after: ABSENT, emptied: 'Src' },
    ];
    deepEqual(await apply(items), ['applied', 'applied']);
    deepEqual(names(), ['Readme.md', 'src']);
    deepEqual(names('src'), ['a.txt']);
  });

  it('keeps a file whose name a new one would take, and says why', async () => {
    const [outcome = ''] = await apply([{ path: 'README.md', expected: ABSENT, after: toState('new\n') }]);
    match(outcome, /conflict|README\.md/);
    deepEqual(names(), ['Readme.md', 'Src']);
    equal(readFileSync(join(disk.root, 'Readme.md'), 'utf8'), 'text\n');
  });
});
