import * as assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { TestRepository } from '../unit/workspace/commits/repository-fixture.js';
import { Stage } from './stage.js';
import type { Workbench } from './workbench.js';

const KEY = 'test-key-e2e-commits-5d20be';
const SET_UP_MS = 180_000;

describe('git, in a real editor with the packaged extension', function () {
  this.timeout(60_000);
  this.bail(true);
  const stage = new Stage();
  let workbench: Workbench;
  let user: TestRepository;

  before(async function () {
    this.timeout(SET_UP_MS);
    workbench = await stage.open({
      script: 'commits.json',
      key: KEY,
      isTrusted: true,
      prepare: (workspace) => {
        user = TestRepository.make(workspace);
        user.git('config', 'user.name', 'A User');
        user.git('config', 'user.email', 'user@airlock.invalid');
        user.git('add', '-A');
        user.git('commit', '-q', '-m', 'Sample project');
        writeFileSync(path.join(workspace, 'README.md'), 'my own edit\n');
      },
    });
    await workbench.ready();
    await workbench.storeKey(KEY);
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.screenshot('commits-failed');
  });
  after(() => stage.dispose());

  it('is told of commits of the agent where its turn is read', async function () {
    this.timeout(SET_UP_MS);
    await workbench.runCommand('Airlock: Run Agent in Sandbox');
    await workbench.answer('Run Agent in Sandbox', 'Write down what there is to do');
    await workbench.notification('The agent finished: 1 change waits').waitFor({ timeout: SET_UP_MS });
    await workbench.runCommand('Airlock: Review Changes');
    await workbench.sessionView().getByText('The agent made 1 commit').waitFor();
  });

  it('gets a commit of what was approved, with the message that was shown', async () => {
    await workbench.treeRow('TODO.md').click();
    await workbench.activeTab().getByText('TODO.md').waitFor();
    await workbench.press('Control+Alt+y');
    const offer = workbench.notification('1 approved change is in your workspace. Commit it?');
    await offer.waitFor();
    await workbench.screenshot('20-offer-commit-dark');
    await offer.getByText('Commit…', { exact: true }).click();
    await workbench.inputBox('Commit 1 Approved Change').waitFor();
    await workbench.screenshot('21-commit-message-dark');
    await workbench.answer('Commit 1 Approved Change', 'Write a list');
    await workbench.statusText('1 approved change committed').waitFor();
    const shown = user.git(
      'show',
      '--format=%s%n%an%n%(trailers:key=Agent,valueonly)',
      '--name-status',
      'HEAD',
    );
    assert.equal(shown, 'Write a list\nA User\nAirlock agent\n\n\nA\tTODO.md');
    assert.equal(user.git('status', '--porcelain'), 'M README.md');
  });

  it('gets the commits of the agent on a branch, after a question', async () => {
    await workbench.runCommand("Airlock: Import Agent's Commits");
    const question = workbench.modal('Import 1 commit of Airlock agent to a new branch?');
    await question.waitFor();
    await workbench.screenshot('22-import-commits-dark');
    assert.equal(user.git('branch', '--list', 'airlock/*'), '');
    await question.getByText('Import', { exact: true }).click();
    await workbench.notification(/1 commit imported to the branch "airlock\/[0-9a-f]{8}"/).waitFor();
    await workbench.screenshot('23-imported-commits-dark');
    const [branch = ''] = user.git('for-each-ref', '--format=%(refname)', 'refs/heads/airlock').split('\n');
    assert.equal(
      user.git('log', '-1', '--format=%s <%ae>', branch),
      'Write down what there is to do <agent@airlock.invalid>',
    );
    assert.equal(user.git('symbolic-ref', 'HEAD'), 'refs/heads/main');
    assert.ok(existsSync(stage.file('TODO.md')));
  });
});
