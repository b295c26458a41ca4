import * as assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { AirlockApi } from '../../src/ui/activate.js';
import type { ChangesNode } from '../../src/ui/tree-model.js';
import { type MadeReview, makeReview } from '../unit/ui/make-review.js';
import { closeEditors, getAirlock } from './airlock.js';

const FOLDERS = 40;
const FILES = 50;

describe('the tree of a review of 2,000 files', function () {
  this.timeout(120_000);
  let api: AirlockApi;
  let made: MadeReview;
  let reads: number;
  let drawn: (ChangesNode[] | undefined)[];
  let listening: vscode.Disposable;

  before(async () => {
    api = await getAirlock();
    const names = Array.from({ length: FOLDERS * FILES }, (_, index) => {
      const folder = String(Math.floor(index / FILES)).padStart(2, '0');
      return `pkg/mod-${folder}/file-${String(index % FILES).padStart(2, '0')}.txt`;
    });
    made = await makeReview(
      Object.fromEntries(names.map((name) => [name, { before: `old ${name}\n`, after: `new ${name}\n` }])),
    );
    const hunks = made.review.hunks.bind(made.review);
    made.review.hunks = (path) => {
      reads += 1;
      return hunks(path);
    };
    const list = made.review.list.bind(made.review);
    made.review.list = () => {
      reads += 1;
      return list();
    };
  });
  beforeEach(() => {
    reads = 0;
    drawn = [];
    listening = api.changes.onDidChangeTreeData((nodes) => drawn.push(nodes));
  });
  afterEach(() => listening.dispose());
  after(async () => {
    await closeEditors();
    await api.app.store.discard(made.review);
    await made.remove();
  });

  const folder = async () => {
    const [pkg] = await api.changes.getChildren();
    const [first] = await api.changes.getChildren(pkg);
    assert.ok(pkg && first);
    return { pkg, first };
  };

  it('is shown from one reading of the review, with its folders closed', async () => {
    const begun = performance.now();
    const blocked = watchLoop();
    api.app.store.add(made.review);
    await vscode.commands.executeCommand('airlock.changes.focus');
    const { pkg, first } = await folder();
    const items = (await api.changes.getChildren(pkg)).map((node) => api.changes.getTreeItem(node));
    const ms = performance.now() - begun;
    assert.equal(items.length, FOLDERS);
    for (const item of items)
      assert.equal(item.collapsibleState, vscode.TreeItemCollapsibleState.Collapsed, String(item.label));
    assert.equal((await api.changes.getChildren(first)).length, FILES);
    assert.equal(items[0]?.description, `+${FILES} −${FILES}`);
    assert.equal(reads, 1);
    console.log(`    ${FOLDERS * FILES} files: shown in ${ms.toFixed(0)} ms, longest step ${blocked()} ms`);
  });

  it('asks nothing more of the review for letters, counts and look-ups', async () => {
    await sleep(200);
    reads = 0;
    const { sessionId } = made.review;
    for (const { path } of api.app.store.rows()) assert.ok(api.app.store.row(sessionId, path));
    assert.deepEqual(api.app.store.pending(), { count: FOLDERS * FILES, conflicts: 0 });
    assert.equal(reads, 0);
  });

  it('draws one folder again for a tick in it, from one reading', async () => {
    const { pkg, first } = await folder();
    const [row] = await api.changes.getChildren(first);
    const blocked = watchLoop();
    await vscode.commands.executeCommand('airlock.toggleMark', row);
    await sleep(200);
    assert.ok(reads <= 2, `${reads} readings`);
    assert.ok(!drawn.includes(undefined), 'everything was drawn again');
    assert.deepEqual([...new Set(drawn.flatMap((nodes) => nodes ?? []))], [row, pkg]);
    console.log(`    a tick: longest step ${blocked()} ms`);
  });

  it('marks and rejects a folder of 50 as one step each', async () => {
    const { first } = await folder();
    const blocked = watchLoop();
    let steps = 0;
    const unsubscribe = made.review.onDidChange(() => {
      steps += 1;
    });
    await vscode.commands.executeCommand('airlock.toggleMark', first);
    api.dialogs.answerWith({ confirm: async () => true });
    await vscode.commands.executeCommand('airlock.rejectBelow', first);
    api.dialogs.answerWith({});
    unsubscribe();
    assert.equal(steps, 2);
    await sleep(200);
    assert.equal(api.app.store.pending().count, (FOLDERS - 1) * FILES);
    assert.ok(reads <= 3, `${reads} readings`);
    console.log(`    a folder marked and rejected: longest step ${blocked()} ms`);
  });

  it('marks and writes all of it as one apply', async () => {
    const begun = performance.now();
    const blocked = watchLoop();
    api.dialogs.answerWith({ confirm: async () => true, choose: async () => undefined });
    await vscode.commands.executeCommand('airlock.markAll');
    await vscode.commands.executeCommand('airlock.applyMarked');
    api.dialogs.answerWith({});
    const ms = performance.now() - begun;
    assert.equal(api.app.store.pending().count, 0);
    console.log(`    all marked and applied in ${ms.toFixed(0)} ms, longest step ${blocked()} ms`);
  });
});

/** Until it is asked for the longest time in which nothing else could run. */
function watchLoop(): () => number {
  let longest = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 5);
  return () => {
    clearInterval(timer);
    return Math.round(longest);
  };
}
