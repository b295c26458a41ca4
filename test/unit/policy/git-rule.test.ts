import { deepEqual, equal, ok } from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { planCall } from '../../../src/policy/evaluate.js';
import { loadPreset } from '../../../src/policy/presets/index.js';

// Real git on a repository whose configuration tries to start a program in every way we know.
describe('the git rule, with a hostile repository', () => {
  let dir = '';
  const policy = loadPreset('developer');
  const path = process.env.PATH ?? '';

  function git(...args: string[]): void {
    const done = spawnSync('git', args, { cwd: dir, encoding: 'utf8' });
    if (done.error) throw new Error('git cannot be started: install git', { cause: done.error });
    equal(done.status, 0, done.stderr);
  }

  function run(command: string): number | null {
    const plan = planCall(policy, { tool: 'run_command', input: { command, cwd: '' } });
    ok(plan.command, plan.decision.reason);
    const [program = '', ...args] = plan.command.argv;
    const env = { PATH: path, HOME: '/nonexistent', ...plan.command.env };
    const done = spawnSync(program, args, { cwd: dir, env, encoding: 'utf8', timeout: 20_000 });
    return done.status;
  }

  before(() => {
    dir = mkdtempSync(join(tmpdir(), 'airlock-git-rule-'));
    git('init', '-q');
    const spy = join(dir, 'spy');
    writeFileSync(spy, `#!/bin/sh\necho x >> '${dir}/STARTED'\n`);
    chmodSync(spy, 0o755);
    for (const hook of [
      'pre-commit',
      'post-commit',
      'post-checkout',
      'prepare-commit-msg',
      'post-index-change',
    ]) {
      writeFileSync(join(dir, '.git/hooks', hook), `#!/bin/sh\nexec '${spy}'\n`, { mode: 0o755 });
    }
    for (const key of [
      'core.fsmonitor',
      'core.pager',
      'core.editor',
      'diff.external',
      'diff.x.textconv',
      'gpg.program',
    ]) {
      git('config', key, spy);
    }
    git('config', 'log.showSignature', 'true');
    writeFileSync(join(dir, '.gitattributes'), '*.txt diff=x\n');
    writeFileSync(join(dir, 'a.txt'), 'one\n');
  });
  after(() => rmSync(dir, { recursive: true, force: true }));

  it('works, and starts none of them', () => {
    deepEqual([run('git add .gitattributes a.txt'), run("git commit -m 'one'")], [0, 0]);
    writeFileSync(join(dir, 'a.txt'), 'two\n');
    const lines = [
      'git status',
      'git status -v',
      'git diff',
      'git log -p',
      "git log --format='%G? %h'",
      'git show HEAD',
      'git blame a.txt',
      'git grep two',
      'git commit -v -am two',
      'git branch topic',
      'git restore a.txt',
    ];
    for (const line of lines) equal(run(line), 0, line);
    equal(run('git commit'), 1);
    ok(!existsSync(join(dir, 'STARTED')));
  });

  it('would show it: the same repository without the policy starts one', () => {
    git('status');
    ok(existsSync(join(dir, 'STARTED')));
  });
});
