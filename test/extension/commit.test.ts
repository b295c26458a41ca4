import * as assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { AirlockApi } from '../../src/ui/activate.js';
import { findGit, type GitRepository } from '../../src/ui/git/git-api.js';
import { type MadeReview, makeReview, type ProposedFile } from '../unit/ui/make-review.js';
import { TestRepository } from '../unit/workspace/commits/repository-fixture.js';
import { getAirlock, waitFor } from './airlock.js';

const OFFER = /approved changes? (?:is|are) in your workspace/;

describe('committing what was approved', () => {
  let api: AirlockApi;
  let folder: string;
  let user: TestRepository;
  let repository: GitRepository;
  const made: MadeReview[] = [];
  let asked: { message: string; actions: readonly string[] }[];
  let first: string;

  before(async () => {
    api = await getAirlock();
    const [root] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(root);
    const git = await findGit();
    assert.ok(git?.openRepository, 'the editor has its git extension');
    folder = path.join(realpathSync(root.uri.fsPath), 'commit');
    user = TestRepository.make(folder);
    user.git('config', 'user.name', 'Test');
    user.git('config', 'user.email', 'test@airlock.invalid');
    user.git('commit', '-q', '--allow-empty', '-m', 'first');
    first = user.git('rev-parse', 'HEAD');
    const opened = await git.openRepository(vscode.Uri.file(folder));
    assert.ok(opened);
    repository = opened;
  });
  after(async () => {
    // Before its folder goes, which the editor would complain of.
    await vscode.commands.executeCommand('git.close', repository.rootUri);
    rmSync(folder, { recursive: true, force: true });
  });

  beforeEach(() => {
    asked = [];
    answer({});
    for (const name of ['mine.txt', 'a.txt', 'c.txt']) write(name, 'before\n');
    user.git('add', '-A');
    user.git('commit', '-q', '--allow-empty', '-m', 'start');
    write('mine.txt', 'my own edit\n');
  });
  afterEach(async () => {
    api.dialogs.answerWith({});
    for (const one of made.splice(0)) {
      await api.app.store.discard(one.review);
      await one.remove();
    }
    rmSync(path.join(folder, '.git/hooks/pre-commit'), { force: true });
    user.git('reset', '-q', '--hard', first);
    user.git('clean', '-q', '-fd');
  });

  function write(name: string, text: string): void {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  function answer({ action, subject }: { action?: string; subject?: string }): void {
    api.dialogs.answerWith({
      confirm: async (message, detail) => {
        asked.push({ message: `${message} ${detail}`, actions: [] });
        return true;
      },
      choose: async (_level, message, actions) => {
        asked.push({ message, actions });
        return actions.find((one) => one === action);
      },
      input: async ({ value, prompt }) => {
        asked.push({ message: String(prompt), actions: [] });
        return subject ?? value;
      },
    });
  }
  async function propose(files: Readonly<Record<string, ProposedFile>>): Promise<MadeReview> {
    const one = await makeReview(files, folder, api.app.stateDir);
    made.push(one);
    api.app.store.add(one.review);
    return one;
  }
  const approveAll = () => vscode.commands.executeCommand('airlock.approveAll');
  const commit = () => vscode.commands.executeCommand('airlock.commitApproved');
  const messages = () => asked.map(({ message }) => message).join('\n');
  const offers = () => asked.filter(({ message }) => OFFER.test(message));
  const lastCommit = () => user.git('show', '--format=%B', '--name-status', '--no-renames', 'HEAD');
  const start = () => user.git('log', '-1', '--format=%s');
  const settle = () => new Promise((done) => setTimeout(done, 1500));

  const files: Readonly<Record<string, ProposedFile>> = {
    'a.txt': { before: 'before\n', after: 'two\n' },
    'new/b.txt': { after: 'new\n' },
    'c.txt': { before: 'before\n' },
  };

  it('is offered once when nothing is left to decide, and holds exactly that', async () => {
    answer({ action: 'Commit…', subject: 'Tidy the folder' });
    const { review } = await propose(files);
    await approveAll();
    await waitFor('the commit', () => start() === 'Tidy the folder');
    assert.deepEqual(offers(), [
      {
        message: '3 approved changes are in your workspace. Commit them?',
        actions: ['Commit…', 'Not Now', 'Never for This Workspace'],
      },
    ]);
    assert.equal(
      lastCommit(),
      [
        'Tidy the folder',
        '',
        '- Change a.txt',
        '- Remove c.txt',
        '- Add new/b.txt',
        '',
        'Agent: Test agent',
        `Airlock-Session: ${review.sessionId}`,
        '',
        '',
        'M\ta.txt',
        'D\tc.txt',
        'A\tnew/b.txt',
      ].join('\n'),
    );
    const trailer = '%(trailers:key=Airlock-Session,valueonly)';
    assert.equal(user.git('log', '-1', `--format=${trailer}`), review.sessionId);
    assert.equal(user.git('status', '--porcelain'), 'M mine.txt');
    assert.equal(readFileSync(path.join(folder, 'mine.txt'), 'utf8'), 'my own edit\n');
    await settle();
    assert.equal(offers().length, 1);
    await commit();
    assert.match(messages(), /No approved change waits to be committed/);
  });

  it('is not offered while something waits, nor for what was rejected', async () => {
    const { review } = await propose(files);
    const rejected = await propose({ 'd.txt': { after: 'new\n' } });
    await vscode.commands.executeCommand('airlock.approve', {
      kind: 'row',
      row: api.app.store.row(review.sessionId, 'a.txt'),
    });
    await rejected.review.rejectAll();
    await settle();
    assert.deepEqual(offers(), []);
    await review.rejectAll();
    await waitFor('the offer', () => offers().length === 1);
    assert.match(messages(), /1 approved change is in your workspace/);
  });

  it('is not offered when the user wants none', async () => {
    answer({ action: 'Never for This Workspace' });
    const config = () => vscode.workspace.getConfiguration('airlock');
    try {
      await propose(files);
      await approveAll();
      await waitFor('the setting', () => config().get('git.offerCommit') === 'never');
      await propose({ 'd.txt': { after: 'new\n' } });
      await approveAll();
      await settle();
      assert.equal(offers().length, 1);
    } finally {
      await config().update('git.offerCommit', undefined, vscode.ConfigurationTarget.Workspace);
    }
  });

  it('leaves out what was edited since, after saying so', async () => {
    await propose(files);
    await approveAll();
    write('a.txt', 'edited since\n');
    await commit();
    assert.match(
      messages(),
      /Commit 2 approved changes without the others\? Edited since it was approved: a\.txt\./,
    );
    assert.match(lastCommit(), /\n\nD\tc\.txt\nA\tnew\/b\.txt$/);
    assert.match(user.git('status', '--porcelain'), /^M a\.txt\n M mine\.txt$/);
  });

  it('does not take along what the user has staged', async () => {
    await propose(files);
    await approveAll();
    user.git('add', 'mine.txt');
    const before = user.git('status', '--porcelain');
    await commit();
    assert.match(messages(), /You have staged other changes.*mine\.txt/);
    assert.equal(start(), 'start');
    assert.equal(user.git('status', '--porcelain'), before);
  });

  it('runs the hooks of the user; what they refuse is not committed, and the index is as it was', async () => {
    await propose(files);
    await approveAll();
    const hook = path.join(folder, '.git/hooks/pre-commit');
    mkdirSync(path.dirname(hook), { recursive: true });
    writeFileSync(hook, '#!/bin/sh\necho "the hook says no" >&2\nexit 1\n');
    chmodSync(hook, 0o755);
    repository.inputBox.value = 'my draft';
    await commit();
    assert.match(messages(), /git did not commit the approved changes: the hook says no/);
    assert.equal(start(), 'start');
    assert.equal(user.git('diff', '--cached', '--name-only'), '');
    writeFileSync(hook, '#!/bin/sh\nexit 0\n');
    await commit();
    assert.equal(start(), 'tidy up');
    assert.equal(repository.inputBox.value, 'my draft');
    repository.inputBox.value = '';
  });

  it('takes a file whose name is a pattern for what it is', async () => {
    await propose({ 'app/[id]/page.txt': { after: 'new\n' } });
    await approveAll();
    write('app/i/page.txt', 'mine\n');
    await commit();
    assert.match(messages(), /Its name is a pattern to git/);
    assert.equal(start(), 'start');
    rmSync(path.join(folder, 'app/i'), { recursive: true });
    await commit();
    assert.match(lastCommit(), /\n\nA\tapp\/\[id\]\/page\.txt$/);
  });

  it('commits nothing when the message is dismissed', async () => {
    await propose(files);
    await approveAll();
    api.dialogs.answerWith({ input: async () => undefined });
    await commit();
    assert.equal(start(), 'start');
    assert.equal(user.git('diff', '--cached', '--name-only'), '');
  });
});
