import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PipePool } from '../../../../src/guest/process/pipe-pool.js';
import { ProcessTree } from '../../../../src/guest/process/process-tree.js';
import { runScript, type ScriptResult } from '../../../../src/guest/tool-proxy/shell/run-script.js';
import { parsePolicy } from '../../../../src/policy/policy.js';
import { loadPreset, type PresetName } from '../../../../src/policy/presets/index.js';
import { parseScript } from '../../../../src/policy/shell/parse.js';
import { fixtures } from '../../policy/fixtures/tools/git.js';

/** Of git 2.39, every setting that names a program; `EVIL` is one that leaves a mark. */
const HOSTILE = `
[filter "x"]
  clean = EVIL
  smudge = EVIL
  process = EVIL
  required = true
[filter "odd=a.b \\"c\\" \\\\ é"]
  clean = EVIL
  smudge = EVIL
[filter ""]
  clean = EVIL
[diff]
  external = EVIL
  submodule = diff
  guitool = x
  tool = x
[diff "x"]
  command = EVIL
  textconv = EVIL
  cachetextconv = true
[merge]
  default = x
  tool = x
  verifySignatures = false
[merge "x"]
  driver = EVIL %O %A %B
[merge "text"]
  driver = EVIL
[difftool "x"]
  cmd = EVIL
  path = EVIL
[mergetool "x"]
  cmd = EVIL
  path = EVIL
[core]
  fsmonitor = EVIL
  hooksPath = HOOKS
  pager = EVIL
  editor = EVIL
  askPass = EVIL
  sshCommand = EVIL
  gitProxy = EVIL
  alternateRefsCommand = EVIL
[pager]
  log = EVIL
  diff = EVIL
  status = EVIL
  show = EVIL
  branch = EVIL
[alias]
  status = !EVIL
  st = !EVIL
  merge-recursive = !EVIL
  merge-evil = !EVIL
[sequence]
  editor = EVIL
[interactive]
  diffFilter = EVIL
[gpg]
  program = EVIL
  format = ssh
[gpg "openpgp"]
  program = EVIL
[gpg "ssh"]
  program = EVIL
  defaultKeyCommand = EVIL
  allowedSignersFile = /etc/passwd
[gpg "x509"]
  program = EVIL
[commit]
  gpgSign = true
[tag]
  gpgSign = true
[log]
  showSignature = true
[credential]
  helper = !EVIL
[trailer "x"]
  key = X-
  command = EVIL
  cmd = EVIL
[tar "tar"]
  command = EVIL
[tar "tgz"]
  command = EVIL
[browser "x"]
  cmd = EVIL
[web]
  browser = x
[man "x"]
  cmd = EVIL
[guitool "x"]
  cmd = EVIL
[sendemail]
  toCmd = EVIL
  ccCmd = EVIL
[imap]
  tunnel = EVIL
[instaweb]
  httpd = EVIL
[uploadpack]
  packObjectsHook = EVIL
[status]
  submoduleSummary = true
[branch "main"]
  remote = origin
  merge = refs/heads/main
  mergeOptions = --gpg-sign --verify-signatures -F /etc/passwd
[remote "origin"]
  url = ext::EVIL
  promisor = true
  partialclonefilter = blob:none
  vcs = ext
  uploadpack = EVIL
  receivepack = EVIL
  fetch = +refs/heads/*:refs/remotes/origin/*
[submodule "s"]
  update = !EVIL
  ignore = none
[submodule]
  recurse = true
[hook "x"]
  command = EVIL
  event = pre-commit
[extensions]
  partialClone = origin
`;

const HOOKS = ['post-index-change', 'pre-commit', 'post-checkout', 'reference-transaction', 'post-commit'];

describe('a hostile git repository', function () {
  this.timeout(120_000);
  let top: string;
  let workspace: string;
  let mark: string;
  const tree = new ProcessTree(false);
  const pipes = new PipePool();

  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@airlock.invalid', ...args], {
      cwd: workspace,
      encoding: 'utf8',
      env: { PATH: process.env.PATH, GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });

  const put = (path: string, text: string) => writeFileSync(join(workspace, path), text);

  beforeEach(() => {
    top = realpathSync(mkdtempSync(join(tmpdir(), 'airlock-git-')));
    workspace = join(top, 'workspace');
    mark = join(top, 'started');
    mkdirSync(join(workspace, 'src'), { recursive: true });
    const evil = join(top, 'evil');
    writeFileSync(evil, `#!/bin/sh\nprintf '%s\\n' "$*" >> ${mark}\nexec cat\n`);
    chmodSync(evil, 0o755);
    mkdirSync(join(top, 'hooks'));
    for (const hook of HOOKS) symlinkSync(evil, join(top, 'hooks', hook));
    writeFileSync(join(top, 'secret'), 'outside-secret\n');
    git('init', '-q', '-b', 'main');
    put('a.txt', 'one\ntwo\nthree\n');
    put('src/a.ts', 'const a = 1;\n');
    git('add', '.');
    git('commit', '-qm', 'first');
    git('switch', '-qc', 'feature');
    put('a.txt', 'one\nTWO\nthree\n');
    git('commit', '-qam', 'second');
    git('switch', '-q', 'main');
    put('a.txt', 'one\ntwo\nthree\nfour\n');
    git('commit', '-qam', 'third');
    put('a.txt', 'stashed\n');
    git('stash', '-q');
    git('tag', 'v1.0');
  });
  afterEach(() => rmSync(top, { recursive: true, force: true }));

  function makeHostile(): void {
    put('.gitattributes', '* filter=x diff=x merge=x\nodd filter="odd=a.b\n');
    put('a.txt', 'one\ntwo\nthree\nfour\nfive\n');
    const text = HOSTILE.replaceAll('EVIL', join(top, 'evil')).replaceAll('HOOKS', join(top, 'hooks'));
    appendFileSync(join(workspace, '.git/config'), text);
  }

  async function run(
    text: string,
    preset: PresetName | ReturnType<typeof loadPreset>,
    cwd = '',
  ): Promise<ScriptResult> {
    const parsed = parseScript(text);
    assert.ok(parsed.ok, text);
    const policy = typeof preset === 'string' ? loadPreset(preset) : preset;
    const context = {
      ...{ strategy: 'copy' as const, workspace, upperDir: '', commandMs: 20_000, outputBytes: 65_536 },
      ...{ policy: async () => policy, tree, pipes },
    };
    return runScript(
      context,
      parsed.script,
      { cwd, timeoutMs: 20_000, asked: false },
      new AbortController().signal,
      () => undefined,
    );
  }

  const started = () => (existsSync(mark) ? readFileSync(mark, 'utf8') : '');

  it('starts its programs where nothing is guarded, so that the other tests can fail', async () => {
    makeHostile();
    await run('git status', 'unrestricted-in-sandbox');
    assert.notEqual(started(), '');
  });

  it('starts nothing under read-only, whatever is asked', async () => {
    makeHostile();
    const lines = [
      ...fixtures.readOnly.allow.filter((line) => line.startsWith('git ')),
      ...['git log --format=%G?%GK', 'git status -v -v', 'git stash show -p', 'git stash list -p'],
      ...[
        'git log -p --all -Sfour',
        'git blame a.txt',
        'git grep -n one',
        'git cat-file --batch-all-objects --batch',
      ],
      ...['git ls-files | xargs git diff --', 'git rev-list --all | xargs -n1 -P2 git show'],
      ...['timeout 5 git status', 'env git diff | cat', 'cd src && git status; git diff', 'x=$(git status)'],
      ...[
        'git show 1234567890123456789012345678901234567890',
        'git tag -v v1.0',
        'git show --format=%G? v1.0',
      ],
    ];
    assert.ok(lines.length > 60, String(lines.length));
    for (const line of lines) {
      await run(line, 'read-only');
      assert.equal(started(), '', line);
    }
    const { output, end } = await run('git status --short', 'read-only');
    assert.equal(end.exitCode, 0);
    assert.equal(output, ' M a.txt\n?? .gitattributes\n');
    assert.match((await run('git diff', 'read-only')).output, /^\+five$/m);
  });

  it('starts nothing under developer either, and the work is done', async () => {
    makeHostile();
    for (const line of [
      ...['git ls-files | xargs git add', 'echo feature | xargs git switch', 'echo main | xargs git switch'],
      ...['git add .', 'git commit -m all', 'git commit --allow-empty -vm more', 'git stash list'],
      ...[
        'git switch feature',
        'git checkout main',
        'git merge feature --no-edit',
        'git reset --hard ORIG_HEAD',
      ],
      ...['git switch -c topic feature', 'git rebase main', 'git rebase --abort', 'git cherry-pick main'],
      ...[
        'git cherry-pick --abort',
        'git revert --no-edit HEAD',
        'git archive HEAD',
        'git restore -s main a.txt',
      ],
      ...['git stash push', 'git stash pop', 'git rm --cached a.txt', 'git reset --hard', 'git clean -fd'],
      ...['git rebase --apply main', 'git rebase --abort', 'git describe --dirty --always', 'git fsck'],
      ...[
        'git init other',
        'git tag -am note v2',
        'git diff --stat',
        'git hash-object a.txt',
        'git mv a.txt b.txt',
      ],
      ...['git merge -s evil main', 'git apply --check x.patch', 'git branch -d topic'],
    ]) {
      await run(line, 'developer');
      assert.equal(started(), '', line);
    }
    assert.match(git('-c', 'core.fsmonitor=false', 'log', '--oneline', 'main'), / all$/m);
  });

  it('merges as git does itself where the repository names a driver', async () => {
    put('.gitattributes', '* merge=x\n');
    git('add', '.');
    git('commit', '-qm', 'attributes');
    git('config', 'merge.x.driver', `${join(top, 'evil')} %A`);
    const { end, output } = await run('git merge feature --no-edit', 'developer');
    assert.equal(end.exitCode, 0, output);
    assert.equal(readFileSync(join(workspace, 'a.txt'), 'utf8'), 'one\nTWO\nthree\nfour\n');
    git('switch', '-qC', 'clash', 'v1.0');
    put('a.txt', 'one\nzwei\nthree\nfour\n');
    put('.gitattributes', '* merge=x\n');
    git('add', '.');
    git('commit', '-qm', 'clash');
    assert.equal((await run('git merge feature', 'developer')).end.exitCode, 1);
    assert.match(
      readFileSync(join(workspace, 'a.txt'), 'utf8'),
      /<<<<<<< ours\nzwei\n=======\nTWO\n>>>>>>> theirs/,
    );
    assert.equal(started(), '');
  });

  it('takes the programs that a repository names from its included files too', async () => {
    put('.gitattributes', '* filter=y\n');
    put('shared.conf', `[filter "y"]\n  clean = ${join(top, 'evil')}\n`);
    git('config', 'include.path', '../shared.conf');
    put('a.txt', 'changed\n');
    const { end } = await run('git diff', 'read-only');
    assert.equal(end.exitCode, 0);
    git('config', '--unset', 'include.path');
    git('config', 'includeIf.onbranch:main.path', '../shared.conf');
    assert.equal((await run('git diff', 'read-only')).end.exitCode, 0);
    assert.match(
      (await run('git switch feature', 'developer')).denied?.reason ?? '',
      /includeif\.onbranch:main\.path/,
    );
    git('config', 'extensions.worktreeConfig', 'true');
    git('config', '--worktree', 'filter.y.process', join(top, 'evil'));
    await run('git diff', 'read-only');
    assert.equal(started(), '');
  });

  it('starts them where the user says that git may start other programs', async () => {
    makeHostile();
    const policy = parsePolicy({
      ...loadPreset('developer'),
      commands: { git: { startsPrograms: true } },
    });
    await run('git add .', policy);
    assert.match(started(), /a\.txt|^\n/m);
  });

  const outside: readonly (readonly [what: string, prepare: () => void])[] = [
    ['a link', () => symlinkSync(join(top, 'other/.git'), join(workspace, 'sub/.git'))],
    ['a file', () => put('sub/.git', `gitdir: ${join(top, 'other/.git')}\n`)],
    ['a relative file', () => put('sub/.git', 'gitdir: ../../other/.git\n')],
    [
      'its common directory',
      () => {
        mkdirSync(join(workspace, 'sub/.git'));
        put('sub/.git/HEAD', 'ref: refs/heads/main\n');
        put('sub/.git/commondir', '../../../other/.git\n');
      },
    ],
    [
      'its alternates',
      () => {
        git('init', '-q', 'sub');
        put('sub/.git/objects/info/alternates', `${join(top, 'other/.git/objects')}\n`);
      },
    ],
    [
      'alternates of its alternates',
      () => {
        git('init', '-q', 'sub');
        mkdirSync(join(workspace, 'store/info'), { recursive: true });
        put('sub/.git/objects/info/alternates', '../../../store\n');
        put('store/info/alternates', `${join(top, 'other/.git/objects')}\n`);
      },
    ],
    [
      'a link in it',
      () => {
        git('init', '-q', 'sub');
        symlinkSync(join(top, 'secret'), join(workspace, 'sub/.git/shallow'));
      },
    ],
    [
      'an included file',
      () => {
        git('init', '-q', 'sub');
        appendFileSync(
          join(workspace, 'sub/.git/config'),
          `[include]\npath = ${join(top, 'other/.git/config')}\n`,
        );
      },
    ],
  ];
  for (const [what, prepare] of outside) {
    it(`refuses a repository that leaves the workspace by ${what}`, async () => {
      execFileSync('git', ['init', '-q', join(top, 'other')]);
      mkdirSync(join(workspace, 'sub'));
      prepare();
      const { denied, output } = await run('cd sub && git log', 'read-only');
      assert.equal(denied?.rule, 'git.repository', output);
      assert.match(denied?.reason ?? '', /leads out of the workspace/);
      const alone = await run('git log', 'developer', 'sub');
      assert.equal(alone.denied?.rule, 'git.repository');
    });
  }

  it('reads no file outside that a setting names', async () => {
    const secret = join(top, 'secret');
    for (const name of ['core.excludesFile', 'core.attributesFile', 'mailmap.file'])
      git('config', name, secret);
    for (const name of ['diff.orderFile', 'commit.template']) git('config', name, `../${'secret'}`);
    for (const line of [
      ...['git check-ignore -v outside-secret', 'git check-attr -a a.txt', 'git log', 'git diff'],
      ...['git blame a.txt', 'git status', 'git ls-files -o --exclude-standard'],
    ]) {
      const { output } = await run(line, 'read-only');
      assert.doesNotMatch(output.replace('outside-secret\n$', ''), /outside-secret/, line);
    }
    await run('git commit --allow-empty', 'developer');
    assert.doesNotMatch(git('log', '--format=%B'), /outside-secret/);
    for (const name of ['blame.ignoreRevsFile', 'fsck.skipList']) {
      git('config', name, secret);
      const { denied, output } = await run('git blame a.txt; git fsck', 'developer');
      assert.match(denied?.reason ?? output, new RegExp(`${name.toLowerCase()} leads out of the workspace`));
      git('config', '--unset', name);
    }
    put('ignored.txt', 'a.txt\n');
    git('config', 'core.excludesFile', 'ignored.txt');
    assert.match((await run('git check-ignore -v --no-index a.txt', 'read-only')).output, /ignored\.txt:1/);
  });

  it('has the work tree where .git is, whatever core.worktree says', async () => {
    git('config', 'core.worktree', top);
    put('a.txt', 'changed\n');
    const { output } = await run('git ls-files --others; git status --short', 'read-only');
    assert.equal(output, ' M a.txt\n');
    git('config', 'core.bare', 'true');
    assert.equal((await run('git status --short', 'read-only')).output, ' M a.txt\n');
  });

  it('leaves the settings of a bare repository in the work tree unused', async () => {
    git('clone', '-q', '--bare', '.', 'bare');
    git('-C', 'bare', 'config', 'core.fsmonitor', join(top, 'evil'));
    const { output } = await run('git rev-parse --absolute-git-dir', 'read-only', 'bare');
    assert.equal(output, `${workspace}/.git\n`);
  });

  it('looks into no submodule, whose settings nobody has replaced', async () => {
    git('-c', 'protocol.file.allow=always', 'clone', '-q', '.', join(top, 'origin'));
    git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', join(top, 'origin'), 'sub');
    git('commit', '-qm', 'submodule');
    git('-C', 'sub', 'checkout', '-q', 'HEAD~1');
    git('-C', 'sub', 'config', 'core.fsmonitor', join(top, 'evil'));
    git('-C', 'sub', 'config', 'diff.external', join(top, 'evil'));
    git('-C', 'sub', 'config', 'filter.x.clean', join(top, 'evil'));
    put('sub/.gitattributes', '* filter=x\n');
    put('sub/a.txt', 'changed\n');
    for (const [name, value] of [
      ...[['diff.submodule', 'diff'] as const, ['status.submoduleSummary', 'true'] as const],
      ...[['diff.ignoreSubmodules', 'none'] as const, ['submodule.recurse', 'true'] as const],
    ])
      git('config', name, value);
    const lines = [
      ...[
        'git status',
        'git status -v',
        'git diff',
        'git diff HEAD',
        'git log -p',
        'git show HEAD',
        'git grep one',
      ],
      ...[
        'git ls-files -m',
        'git diff-index -p HEAD',
        'git describe --always',
        'git stash show -p',
        'git blame a.txt',
      ],
    ];
    for (const ignore of [undefined, 'none']) {
      if (ignore !== undefined) {
        git('config', 'submodule.sub.ignore', ignore);
        git('config', '-f', '.gitmodules', 'submodule.sub.ignore', ignore);
      }
      for (const line of lines) {
        await run(line, 'read-only');
        assert.equal(started(), '', line);
      }
    }
    assert.match((await run('git status --short', 'read-only')).output, /^ M sub$/m);
    for (const line of ['git add .', 'git commit -am x', 'git switch feature'])
      assert.match((await run(line, 'developer')).denied?.reason ?? '', /\.gitmodules/, line);
    git('config', '-f', '.gitmodules', 'submodule.sub.ignore', 'dirty');
    for (const line of [
      'git add .',
      'git commit -am x',
      'git stash',
      'git switch feature',
      'git switch main',
      'git merge feature',
    ]) {
      await run(line, 'developer');
      assert.equal(started(), '', line);
    }
    await run('git status', 'unrestricted-in-sandbox');
    assert.notEqual(started(), '');
  });

  it('takes up no rebase that lists commands to run', async () => {
    mkdirSync(join(workspace, '.git/rebase-merge'));
    put('.git/rebase-merge/git-rebase-todo', `pick 123\n\tx ${join(top, 'evil')}\n`);
    const { denied } = await run('git rebase --continue', 'developer');
    assert.match(denied?.reason ?? '', /commands to run/);
  });

  it('says where the repository is as git does itself', async () => {
    const line = 'git rev-parse --git-dir --show-toplevel --show-prefix --show-cdup --is-inside-work-tree';
    const expected = (cwd: string) =>
      execFileSync('git', line.split(' ').slice(1), { cwd: join(workspace, cwd), encoding: 'utf8' });
    git('worktree', 'add', '-q', 'linked', 'feature');
    for (const cwd of ['', 'src', 'linked']) {
      const { output } = await run(line, 'read-only', cwd);
      assert.equal(output, expected(cwd), cwd);
    }
    assert.match((await run('git status', 'read-only', 'linked')).output, /On branch feature/);
  });

  it('denies what has settings that git cannot read, or too many', async () => {
    appendFileSync(join(workspace, '.git/config'), '[filter "x"\n');
    assert.match((await run('git status', 'read-only')).denied?.reason ?? '', /bad config line/);
    writeFileSync(
      join(workspace, '.git/config'),
      Array.from({ length: 501 }, (_, index) => `[filter "f${index}"]\nclean = x\n`).join(''),
    );
    assert.match((await run('git status', 'read-only')).denied?.reason ?? '', /more than 500/);
    writeFileSync(join(workspace, '.git/config'), Buffer.from('[filter "\xff"]\nclean = x\n', 'latin1'));
    assert.match((await run('git status', 'read-only')).denied?.reason ?? '', /UTF-8/);
  });

  it('touches no file of a git command that is denied', async () => {
    put('.git/commondir', '/\n');
    put('keep.txt', 'kept');
    const { denied } = await run('git log > keep.txt', 'developer');
    assert.ok(denied);
    assert.equal(readFileSync(join(workspace, 'keep.txt'), 'utf8'), 'kept');
  });
});
