import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFile, chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ToolResult } from '../../src/protocol/tools.js';
import { type Fixture, type OpenSandbox, openFixture, openSandbox } from '../bench/fixture.js';
import { runSource } from './exec-in.js';
import { giveToUser, ownerId } from './harness.js';

const HOSTILE = `
[core]
\tfsmonitor = /workspace/evil
\thooksPath = /workspace
\tworktree = /etc
[filter "x"]
\tclean = /workspace/evil
\tsmudge = /workspace/evil
\tprocess = /workspace/evil
\trequired = true
[diff "x"]
\tcommand = /workspace/evil
\ttextconv = /workspace/evil
[merge "x"]
\tdriver = /workspace/evil
[gpg "openpgp"]
\tprogram = /workspace/evil
`;

describe('a hostile git repository in the sandbox', function () {
  this.timeout(120_000);
  let fixture: Fixture;
  before(async () => {
    fixture = await openFixture();
  });
  after(() => fixture.dispose());

  async function makeHostile(name: string): Promise<string> {
    const workspace = await fixture.makeWorkspace(name, 1);
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@airlock.invalid', ...args], {
        cwd: workspace,
        env: {
          PATH: process.env.PATH,
          GIT_CONFIG_NOSYSTEM: '1',
          GIT_CONFIG_GLOBAL: '/dev/null',
          // Named, for the folder is another user's.
          GIT_DIR: join(workspace, '.git'),
          GIT_WORK_TREE: workspace,
        },
      });
    git('init', '-q', '-b', 'main');
    await writeFile(join(workspace, 'a.txt'), 'one\n');
    git('add', 'a.txt');
    git('commit', '-qm', 'first');
    await writeFile(join(workspace, 'a.txt'), 'two\n');
    await writeFile(join(workspace, '.gitattributes'), '* filter=x diff=x merge=x\n');
    await writeFile(join(workspace, 'evil'), '#!/bin/sh\necho "$0" >> /tmp/started\nexec cat\n');
    await chmod(join(workspace, 'evil'), 0o755);
    await appendFile(join(workspace, '.git/config'), HOSTILE);
    await giveToUser(workspace);
    return workspace;
  }

  async function work(
    preset: 'read-only' | 'developer' | 'unrestricted-in-sandbox',
    lines: readonly string[],
  ): Promise<{ results: readonly ToolResult[]; started: string }> {
    const workspace = await makeHostile(preset);
    const request = (path: string) => ({ ...fixture.request(path), preset });
    const open: OpenSandbox = await openSandbox({ ...fixture, request }, workspace);
    try {
      const results: ToolResult[] = [];
      for (const command of lines) {
        const call = { tool: 'run_command' as const, input: { command, cwd: '', timeoutMs: 20_000 } };
        const { signal } = new AbortController();
        results.push(await open.sandbox.proxy.tool(call, () => undefined, signal));
      }
      const user = `${ownerId}:${ownerId}`;
      const source = `try { process.stdout.write(require('fs').readFileSync('/tmp/started', 'utf8')) } catch (error) { process.stdout.write(error.code) }`;
      const { stdout } = await runSource(open.container, user, source);
      return { results, started: stdout };
    } finally {
      await open.dispose();
    }
  }

  it('starts its programs where nothing is guarded', async () => {
    const { started } = await work('unrestricted-in-sandbox', ['git -c core.worktree=/workspace status']);
    assert.match(started, /evil/);
  });

  it('starts nothing under read-only', async () => {
    const { results, started } = await work('read-only', [
      'git status --short',
      'git diff a.txt',
      'git log -p --format=%G?; git blame a.txt | cat',
    ]);
    assert.equal(started, 'ENOENT');
    assert.match(results[0]?.text ?? '', /^ M a\.txt$/m);
    assert.match(results[1]?.text ?? '', /^\+two$/m);
    assert.match(results[2]?.text ?? '', /^\+one$/m);
  });

  it('starts nothing under developer, and the work is done', async () => {
    const { results, started } = await work('developer', [
      'git switch -c other && git add a.txt && git commit -m second',
      'git switch main && git merge --no-ff -m merged other && git status --short',
    ]);
    assert.equal(started, 'ENOENT');
    for (const { ok, text } of results) assert.ok(ok, text);
  });
});
