import * as assert from 'node:assert/strict';
import { existsSync, mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { AirlockApi } from '../../src/ui/activate.js';
import { findGit } from '../../src/ui/git/git-api.js';
import { saveCommits } from '../../src/workspace/commits/stored-commits.js';
import { TestRepository } from '../unit/workspace/commits/repository-fixture.js';
import { getAirlock } from './airlock.js';

const sessionId = 'abcdef012345';

describe("importing an agent's commits", () => {
  let api: AirlockApi;
  let folder: string;
  let user: TestRepository;
  let dir: string;
  let asked: string[];

  before(async () => {
    api = await getAirlock();
    const [first] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(first);
    folder = realpathSync(first.uri.fsPath);
    user = TestRepository.make(folder);
    user.git('commit', '-q', '--allow-empty', '-m', 'first');
  });
  after(async () => {
    const opened = (await findGit())?.getRepository(vscode.Uri.file(folder));
    // Before its folder goes, which the editor would complain of.
    if (opened) await vscode.commands.executeCommand('git.close', opened.rootUri);
    rmSync(path.join(folder, '.git'), { recursive: true, force: true });
  });

  beforeEach(async () => {
    asked = [];
    dir = path.join(api.app.stateDir, 'sessions', sessionId);
    mkdirSync(dir, { recursive: true });
    mkdirSync(path.join(api.app.stateDir, 'audit'), { recursive: true });
    const agent = user.clone(`${folder}-agent`);
    writeFileSync(path.join(agent.folder, 'made.txt'), 'made\n');
    agent.git('add', 'made.txt');
    agent.git('commit', '-q', '-m', 'by the agent');
    const bundle = agent.bundle('HEAD', '--not', user.git('rev-parse', 'HEAD'));
    rmSync(agent.folder, { recursive: true });
    const about = { sessionId, workspace: folder, agent: 'Test agent', commits: 1, at: Date.now() };
    await saveCommits(dir, about, chunkOf(bundle), 1024 * 1024);
  });
  afterEach(() => {
    api.dialogs.answerWith({});
    rmSync(dir, { recursive: true, force: true });
  });

  async function importCommits(isSure: boolean): Promise<void> {
    api.dialogs.answerWith({
      confirm: async (message, detail) => {
        asked.push(message, detail);
        return isSure;
      },
      choose: async (_level, message) => {
        asked.push(message);
        return undefined;
      },
    });
    await vscode.commands.executeCommand('airlock.importCommits');
  }

  it('makes a branch after a confirmation that says what it is', async () => {
    await importCommits(false);
    assert.equal(user.git('branch', '--list', 'airlock/*'), '');
    await importCommits(true);
    assert.equal(asked[0], 'Import 1 commit of Test agent to a new branch?');
    assert.match(asked[1] ?? '', /not reviewed hunk by hunk.*placeholder/);
    assert.match(asked.at(-1) ?? '', /^1 commit imported to the branch "airlock\/abcdef01"/);
    assert.equal(user.git('log', '-1', '--format=%s', 'airlock/abcdef01'), 'by the agent');
    assert.ok(!existsSync(path.join(folder, 'made.txt')));
    assert.deepEqual(api.app.commits.list(), []);
    await importCommits(true);
    assert.match(asked.at(-1) ?? '', /No commits of an agent wait/);
  });

  it('says why git refused them', async () => {
    writeFileSync(path.join(dir, 'commits.bundle'), '# v2 git bundle\n');
    await importCommits(true);
    assert.match(asked.at(-1) ?? '', /commits were not imported/);
    assert.equal(api.app.commits.list().length, 1);
  });
});

async function* chunkOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
