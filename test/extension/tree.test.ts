import * as assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { AirlockApi } from '../../src/ui/activate.js';
import { changeUri } from '../../src/ui/review-files.js';
import type { ChangesFilter } from '../../src/ui/row-filter.js';
import type { ChangesNode } from '../../src/ui/tree-model.js';
import { openReview } from '../../src/workspace/review/review.js';
import { type MadeReview, makeReview } from '../unit/ui/make-review.js';
import { closeEditors, getAirlock, openDiffPaths, waitFor } from './airlock.js';

const lines = (changed: Readonly<Record<number, string>> = {}) =>
  `${Array.from({ length: 9 }, (_, line) => changed[line + 1] ?? `line ${line + 1}`).join('\n')}\n`;

const policy = '.airlock/policy.jsonc';

describe('the tree of changes', () => {
  let api: AirlockApi;
  let made: MadeReview;
  let said: string[];

  before(async () => {
    api = await getAirlock();
  });
  beforeEach(async () => {
    said = [];
    made = await makeReview({
      'src/one.txt': { before: 'one\n', after: 'two\n' },
      'src/two.txt': { after: 'new\n' },
      'split.txt': { before: lines(), after: lines({ 2: 'second', 7: 'seventh', 8: 'eighth' }) },
      'whole.txt': { before: lines(), after: lines({ 2: 'second', 3: 'third' }) },
      'old.txt': { before: 'same\n', renamedFrom: 'renamed.txt' },
      'renamed.txt': { after: 'same\n', renamedFrom: 'old.txt' },
      [policy]: { after: '{}\n' },
    });
    api.app.store.add(made.review);
    answer({});
  });
  afterEach(async () => {
    api.dialogs.answerWith({});
    await api.app.filter.set({ kind: 'all', text: '' });
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await closeEditors();
    await api.app.store.discard(made.review);
    await made.remove();
  });

  const file = (name: string) => path.join(made.workspace, name);
  const text = (name: string) => readFileSync(file(name), 'utf8');
  const mark = (name: string) => made.review.get(name)?.mark.kind;
  const run = (command: string, ...args: readonly unknown[]) =>
    vscode.commands.executeCommand(`airlock.${command}`, ...args);

  /** Agrees to everything, unless told otherwise, and keeps what was asked and said. */
  function answer({ isSure = true, asked }: { isSure?: boolean; asked?: string }): void {
    api.dialogs.answerWith({
      confirm: async (message, detail) => {
        said.push(`${message} ${detail}`);
        return isSure;
      },
      ask: async (message, detail) => {
        said.push(`${message} ${detail}`);
        return asked;
      },
      choose: async (_level, message) => {
        said.push(message);
        return undefined;
      },
    });
  }

  /** The node below the roots that ends with these labels, opened one by one. */
  async function node(...labels: readonly string[]): Promise<ChangesNode> {
    let found: ChangesNode | undefined;
    for (const label of labels) {
      const children = await api.changes.getChildren(found);
      const names = children.map((child) => String(api.changes.getTreeItem(child).label));
      found = children[names.findIndex((name) => name.includes(label))];
      assert.ok(found, `${label} is not in ${names.join(', ')}`);
    }
    assert.ok(found);
    return found;
  }

  const item = (of: ChangesNode) => api.changes.getTreeItem(of);
  const labelsOf = async (of?: ChangesNode) =>
    (await api.changes.getChildren(of)).map((child) => item(child).label);
  const isTicked = (of: ChangesNode) => {
    const state = item(of).checkboxState;
    return typeof state === 'object' ? state.state === vscode.TreeItemCheckboxState.Checked : undefined;
  };
  async function reopen() {
    const opened = await openReview({ dir: made.review.sessionDir, stateDir: made.stateDir });
    assert.ok(opened.kind === 'open');
    return opened.review;
  }

  it('shows what is protected first, with the shield, then folders and files', async () => {
    assert.deepEqual(await labelsOf(), [
      'Protected (1)',
      'src',
      'old.txt → renamed.txt',
      'split.txt',
      'whole.txt',
    ]);
    const group = item(await node('Protected'));
    assert.ok(group.iconPath instanceof vscode.ThemeIcon && group.iconPath.id === 'shield');
    assert.equal(group.checkboxState, undefined);
    assert.deepEqual(await labelsOf(await node('Protected')), ['policy.jsonc']);
  });

  it('opens a file into its hunks, and one with a single hunk not', async () => {
    const split = await node('split.txt');
    assert.equal(item(split).collapsibleState, vscode.TreeItemCollapsibleState.Collapsed);
    assert.deepEqual(await labelsOf(split), ['@@ 2  second', '@@ 7–8  seventh']);
    const whole = await node('whole.txt');
    await waitFor(
      'a look into it',
      () => item(whole).collapsibleState === vscode.TreeItemCollapsibleState.None,
    );
    assert.deepEqual(await labelsOf(whole), []);
    assert.equal(item(await node('src', 'two.txt')).collapsibleState, vscode.TreeItemCollapsibleState.None);
  });

  it('opens the diff at the hunk', async () => {
    const hunk = await node('split.txt', 'seventh');
    await run('openDiff', hunk);
    await waitFor('the diff', () => openDiffPaths().includes('/split.txt'));
    await waitFor('the line', () =>
      vscode.window.visibleTextEditors.some(
        ({ document, selection }) =>
          document.uri.scheme === 'airlock-after' && selection.active.line === 6 && document.lineCount > 6,
      ),
    );
  });

  it('approves one hunk and rejects another', async () => {
    await run('approveHunk', await node('split.txt', 'seventh'));
    assert.equal(text('split.txt'), lines({ 7: 'seventh', 8: 'eighth' }));
    assert.equal(made.review.get('split.txt')?.decision, 'pending');
    const [hunk] = await made.review.hunks('split.txt');
    assert.deepEqual(hunk?.newLines, ['second\n']);
  });

  it('takes a rejected hunk out of the proposal', async () => {
    await run('rejectHunk', await node('split.txt', '@@ 2'));
    assert.equal(text('split.txt'), lines());
    assert.deepEqual(
      (await made.review.hunks('split.txt')).map(({ newLines }) => newLines[0]),
      ['seventh\n'],
    );
  });

  it('decides two equal hunks of a file at once', async () => {
    const twice = await makeReview({
      'twice.txt': { before: lines(), after: lines({ 3: 'line 3\nsame', 6: 'line 6\nsame' }) },
    });
    api.app.store.add(twice.review);
    try {
      const session = (await api.changes.getChildren()).find((one) => one.id === twice.review.sessionId);
      const [row] = await api.changes.getChildren(session);
      const hunks = await api.changes.getChildren(row);
      assert.equal(hunks.length, 2);
      await run('approve', hunks[0], hunks);
      assert.equal(
        readFileSync(path.join(twice.workspace, 'twice.txt'), 'utf8'),
        lines({ 3: 'line 3\nsame', 6: 'line 6\nsame' }),
      );
    } finally {
      await api.app.store.discard(twice.review);
      await twice.remove();
    }
  });

  describe('with its boxes', () => {
    it('marks a file, both halves of a rename, and takes the mark back', async () => {
      await run('toggleMark', await node('renamed.txt'));
      assert.deepEqual([mark('old.txt'), mark('renamed.txt')], ['all', 'all']);
      assert.equal(isTicked(await node('renamed.txt')), true);
      assert.equal((await reopen()).get('renamed.txt')?.mark.kind, 'all');
      await run('toggleMark', await node('renamed.txt'));
      assert.deepEqual([mark('old.txt'), mark('renamed.txt')], ['none', 'none']);
    });

    it('marks all of a folder, and says how many where it is not all', async () => {
      await run('toggleMark', await node('src', 'one.txt'));
      assert.equal(isTicked(await node('src')), false);
      assert.match(String(item(await node('src')).description), /^1 of 2 marked/);
      await run('toggleMark', await node('src'));
      assert.deepEqual([mark('src/one.txt'), mark('src/two.txt')], ['all', 'all']);
      assert.equal(isTicked(await node('src')), true);
      const { list } = await reopen().then((review) => ({ list: review.list() }));
      assert.equal(list.filter((entry) => entry.mark.kind === 'all').length, 2);
    });

    it('marks a hunk, and the file is marked in part', async () => {
      await run('toggleMark', await node('split.txt', 'seventh'));
      assert.equal(isTicked(await node('split.txt')), false);
      assert.match(String(item(await node('split.txt')).description), /^1 of 2 marked/);
      assert.deepEqual(
        [isTicked(await node('split.txt', '@@ 2')), isTicked(await node('split.txt', 'seventh'))],
        [false, true],
      );
      assert.equal((await reopen()).get('split.txt')?.mark.kind, 'hunks');
      await run('toggleMark', await node('split.txt', '@@ 2'));
      assert.equal(isTicked(await node('split.txt')), true);
    });

    it('marks everything but what is protected, and nothing again', async () => {
      await run('markAll');
      const marked = made.review.list().filter((entry) => entry.mark.kind === 'all');
      assert.equal(marked.length, 6);
      assert.equal(mark(policy), 'none');
      await run('unmarkAll');
      assert.ok(made.review.list().every((entry) => entry.mark.kind === 'none'));
    });

    it('writes what is marked and nothing else', async () => {
      await run('toggleMark', await node('src', 'one.txt'));
      await run('toggleMark', await node('split.txt', '@@ 2'));
      await run('toggleMark', await node('renamed.txt'));
      answer({ isSure: false });
      await run('applyMarked');
      assert.equal(text('src/one.txt'), 'one\n');
      answer({});
      await run('applyMarked');
      assert.match(said.join(), /Apply 3 marked changes\?.*In 1 of them only the marked hunks/);
      assert.equal(text('src/one.txt'), 'two\n');
      assert.equal(text('split.txt'), lines({ 2: 'second' }));
      assert.equal(text('renamed.txt'), 'same\n');
      assert.ok(!existsSync(file('old.txt')));
      assert.ok(!existsSync(file('src/two.txt')));
      assert.equal(text('whole.txt'), lines());
      assert.deepEqual(
        api.app.store.rows().map((row) => row.path),
        [policy, 'src/two.txt', 'split.txt', 'whole.txt'],
      );
      assert.equal(api.app.store.summary().marked, 0);
    });

    it('asks about protected changes once more, and writes them only when told to', async () => {
      await run('toggleMark', await node('Protected', 'policy.jsonc'));
      await run('toggleMark', await node('src', 'one.txt'));
      await run('applyMarked');
      assert.equal(text('src/one.txt'), 'one\n');
      assert.match(said.join(), /\.airlock\/policy\.jsonc: it decides what later agent sessions may do/);
      answer({ asked: 'Leave It Out' });
      await run('applyMarked');
      assert.equal(text('src/one.txt'), 'two\n');
      assert.ok(!existsSync(file(policy)));
      assert.equal(mark(policy), 'all');
      answer({ asked: 'Apply It Too' });
      await run('applyMarked');
      assert.equal(text(policy), '{}\n');
    });

    it('writes what the user typed into a marked proposal', async () => {
      await run('toggleMark', await node('src', 'one.txt'));
      await run('openDiff', await node('src', 'one.txt'));
      await waitFor('the diff', () => openDiffPaths().includes('/src/one.txt'));
      const edit = new vscode.WorkspaceEdit();
      const uri = changeUri('after', made.review.sessionId, 'src/one.txt');
      edit.insert(uri, new vscode.Position(0, 0), 'mine and ');
      assert.ok(await vscode.workspace.applyEdit(edit));
      await run('applyMarked');
      assert.equal(text('src/one.txt'), 'mine and two\n');
    });

    it('puts the user’s own edits together with the proposal, and says to look again', async () => {
      await run('toggleMark', await node('split.txt'));
      writeFileSync(file('split.txt'), lines({ 5: 'mine' }));
      await run('applyMarked');
      assert.match(said.join(), /1 put together with your edits of the same file; look again: split\.txt/);
      assert.equal(text('split.txt'), lines({ 5: 'mine' }));
      assert.equal(mark('split.txt'), 'none');
    });
  });

  describe('with a filter', () => {
    const filter = (kind: ChangesFilter['kind'], search = '') => api.app.filter.set({ kind, text: search });

    it('shows what is chosen and searched for, and all again', async () => {
      api.dialogs.answerWith({ pick: async (items) => items.find(({ label }) => label === 'Protected') });
      await run('filterChanges');
      assert.deepEqual(await labelsOf(), ['Protected (1)']);
      await run('clearFilter');
      api.dialogs.answerWith({ input: async () => 'TWO' });
      await run('searchChanges');
      assert.deepEqual(await labelsOf(), ['src']);
      assert.deepEqual(await labelsOf(await node('src')), ['two.txt']);
      await run('clearFilter');
      assert.equal((await labelsOf()).length, 5);
    });

    it('can show what was decided', async () => {
      await made.review.reject('whole.txt');
      await filter('decided');
      const row = await node('whole.txt');
      assert.deepEqual([item(row).contextValue, item(row).description], ['airlock.decided', 'rejected']);
      assert.equal(item(row).checkboxState, undefined);
    });

    it('marks, approves and rejects no more than it shows', async () => {
      await filter('all', 'one');
      await run('markAll');
      assert.deepEqual([mark('src/one.txt'), mark('src/two.txt')], ['all', 'none']);
      await run('approveAll');
      assert.match(said.join(), /that the filter shows\? They are 1/);
      assert.equal(text('src/one.txt'), 'two\n');
      assert.ok(!existsSync(file('src/two.txt')));
      await filter('all', 'whole');
      await run('rejectAll');
      assert.equal(made.review.get('whole.txt')?.decision, 'rejected');
      assert.equal(made.review.get('split.txt')?.decision, 'pending');
    });

    it('says how much of what is applied it hides', async () => {
      await run('toggleMark', await node('split.txt'));
      await filter('all', 'one');
      await run('applyMarked');
      assert.match(said.join(), /1 of them are hidden by the filter/);
    });
  });

  it('approves what is ordinary in a folder, after a confirmation', async () => {
    const src = await node('src');
    answer({ isSure: false });
    await run('approveBelow', src);
    assert.equal(text('src/one.txt'), 'one\n');
    answer({});
    await run('approveBelow', src);
    assert.match(said.join(), /Approve 2 changes\?/);
    assert.deepEqual([text('src/one.txt'), text('src/two.txt')], ['two\n', 'new\n']);
    assert.equal(text('split.txt'), lines());
  });

  it('rejects several selected nodes at once', async () => {
    const nodes = [await node('src'), await node('src', 'one.txt'), await node('split.txt', '@@ 2')];
    await run('reject', nodes[0], nodes);
    assert.match(said.join(), /Reject 3 changes\?/);
    assert.deepEqual(
      ['src/one.txt', 'src/two.txt', 'split.txt'].map((name) => made.review.get(name)?.decision),
      ['rejected', 'rejected', 'pending'],
    );
    assert.equal((await made.review.hunks('split.txt')).length, 1);
    assert.ok(!existsSync(file('src/two.txt')));
  });

  it('decides what the diff shows when the tree has the focus and none of its nodes', async () => {
    await run('openDiff', await node('whole.txt'));
    await waitFor('the diff', () => openDiffPaths().includes('/whole.txt'));
    await run('reject', 'focus');
    assert.equal(made.review.get('whole.txt')?.decision, 'rejected');
    assert.equal(made.review.get('split.txt')?.decision, 'pending');
  });

  it('gives the editor no arguments to forget when it draws a node again', async () => {
    for (const at of [['whole.txt'], ['split.txt'], ['split.txt', 'seventh']])
      assert.deepEqual(item(await node(...at)).command?.arguments, undefined);
  });

  it('does not take what an editor shows for a node that is gone', async () => {
    await run('openDiff', await node('whole.txt'));
    await waitFor('the diff', () => openDiffPaths().includes('/whole.txt'));
    await run('reject', undefined, undefined);
    await run('approve', null, null);
    assert.equal(made.review.get('whole.txt')?.decision, 'pending');
  });

  it('approves several selected nodes at once, but for what is protected', async () => {
    const nodes = [await node('Protected'), await node('src', 'two.txt'), await node('whole.txt')];
    await run('approve', nodes[1], nodes);
    assert.match(said.join(), /Approve 2 changes\?.*1 protected or in conflict/);
    assert.equal(text('src/two.txt'), 'new\n');
    assert.ok(!existsSync(file(policy)));
  });

  it('says of each node what it is, for screen readers', async () => {
    await run('toggleMark', await node('src', 'one.txt'));
    const spoken = async (...labels: string[]) =>
      item(await node(...labels)).accessibilityInformation?.label ?? '';
    assert.equal(await spoken('src'), 'src, 2 files, 2 lines added, 1 removed, 1 of 2 marked');
    assert.equal(await spoken('src', 'one.txt'), 'src/one.txt, Modified, 1 lines added, 1 removed, marked');
    assert.match(await spoken('Protected', 'policy.jsonc'), /Added, .* protected, Protected: it decides/);
    assert.equal(
      await spoken('split.txt', 'seventh'),
      'split.txt, @@ 7–8  seventh, 2 lines added, 2 removed',
    );
    const box = item(await node('src', 'one.txt')).checkboxState;
    assert.ok(typeof box === 'object');
    assert.equal(box.accessibilityInformation?.label, 'one.txt is marked to be applied');
  });
});
