import { equal, ok } from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { judgeSetting } from '../../../../src/policy/tools/git/harmful-settings.js';
import { isPlainConfig } from '../../../../src/policy/tools/git/plain-config.js';

const MADE = `[core]
\trepositoryformatversion = 0
\tfilemode = true
\tbare = false
\tlogallrefupdates = true
[remote "origin"]
\turl = git@example.invalid:a/b.git
\tfetch = +refs/heads/*:refs/remotes/origin/*
[branch "feat/x-1"]
\tremote = origin
\tmerge = refs/heads/feat/x-1
[user]
\tname = Ada Lovelace
`;

const pieces = [
  ...['\n', '\r', '\t', ' ', '[core]', '[remote "o"]', '[branch "b"]', '[filter "x"]', '[include]', '[CORE]'],
  ...[
    '\tbare = true',
    '\turl = x',
    '\tclean = evil',
    '\tpath = x',
    '\tfsmonitor = x',
    ' remote = o',
    '\\',
    '"',
    '#',
    ';',
  ],
  ...[
    '\0',
    '\uFEFF',
    '[remote "o\\"]',
    '[remote.x]',
    ']',
    '[',
    ' = ',
    'é',
    '[branch "b"] merge = x',
    '\tbare',
  ],
];

describe('a plain git configuration', function () {
  this.timeout(60_000);
  let dir: string;
  before(() => {
    dir = mkdtempSync(join(tmpdir(), 'airlock-config-'));
  });
  after(() => rmSync(dir, { recursive: true, force: true }));

  it('is what git makes for a clone', () => {
    ok(isPlainConfig(MADE));
    ok(isPlainConfig(''));
  });

  for (const added of [
    '[filter "x"]\n\tclean = x\n',
    '[core]\n\tfsmonitor = x\n',
    '\tname = a \\\n\tfsmonitor = x\n',
    '\tname = "a\n',
    '\tname = a # b\n',
    '[include]\n\tpath = x\n',
    '[core] fsmonitor = x\n',
    '[branch "x"]\n\tmergeOptions = -F /etc/passwd\n',
    '[extensions]\n\tworktreeConfig = true\n',
    '[remote "o"]\n\tpromisor = true\n',
    '[submodule "s"]\n\tignore = none\n',
    '\tname = a\r\n',
    '[Core]\n\tbare = true\n',
    '[constructor]\n\tname = x\n',
  ])
    it(`is nothing with ${JSON.stringify(added)}`, () => equal(isPlainConfig(MADE + added), false));

  it('is read by git without an error, and git finds nothing else in it', () => {
    const file = join(dir, 'config');
    let plain = 0;
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 12 }), (parts) => {
        const text = ['', '\n'].map((end) => parts.join(end)).find(isPlainConfig);
        if (text === undefined || text.trim() === '') return;
        plain += 1;
        writeFileSync(file, text);
        const { status, stdout } = spawnSync('git', ['config', '-f', file, '-z', '--list'], {
          encoding: 'utf8',
        });
        equal(status, 0, text);
        for (const entry of stdout.split('\0').slice(0, -1)) {
          const [name = '', value = ''] = entry.split('\n');
          equal(judgeSetting({ name, value }, 'changed').kind, 'harmless', name);
        }
      }),
      { numRuns: 20_000 },
    );
    ok(plain > 20, String(plain));
  });
});
