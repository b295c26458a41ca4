import { deepEqual, equal, match } from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { findRefusal } from '../../../src/workspace/apply/find-refusal.js';
import type { ApplyItem } from '../../../src/workspace/apply/scan.js';
import { isGitName } from '../../../src/workspace/git-names.js';
import { listRefusedNames } from '../../../src/workspace/refused-names.js';
import { shownKeys } from '../../../src/workspace/review/shown-keys.js';
import { Sandbox } from './fixture.js';

const REFUSED = [
  'CON',
  'con.txt',
  'src/Aux.c',
  'nul',
  'prn.tar.gz',
  'COM0',
  'com9.log',
  'lpt1',
  'LPT\u00b9',
  'com\u00b2.txt',
  'COM\u00b3',
  'CONIN$',
  'conout$.x',
  'aux .c',
  'a. ',
  'a.',
  'dir./a',
  'dir /a',
  'a\tb',
  'a\u0085b',
  'a\nb',
  'a\\b',
  'a::$DATA',
  'a:$I30:$INDEX_ALLOCATION/b',
];
const FINE = [
  'console.ts',
  'auxiliary/a.c',
  'com10',
  'lpt',
  'null.c',
  'a:b',
  '.a',
  'a b',
  'src/con-a.ts',
  'größe',
];
const GIT = [
  '.git',
  '.GIT',
  '.Git ',
  '.git.',
  '.git . .',
  '.git::$INDEX_ALLOCATION',
  '.git:x',
  'git~1',
  'GIT~2',
  'gi7eba~1',
  '.g\u200cit',
  '.gi\u00adt',
  '.g\ufeffit',
  '\uff0egit',
  '.g\u0131t',
  '.g\u0130t',
  '.git\\config',
  'a\\.git',
];

describe('names that no proposal makes', () => {
  for (const path of REFUSED)
    it(`${JSON.stringify(path)}`, () => equal(listRefusedNames(path).length > 0, true));
  for (const path of FINE) it(`not ${JSON.stringify(path)}`, () => deepEqual(listRefusedNames(path), []));
  for (const name of GIT) it(`${JSON.stringify(name)} for git`, () => equal(isGitName(name), true));
  for (const name of ['.gitignore', '.github', 'git', '.git2', 'a~1', 'gi~1', '.gitmodules', 'x.git'])
    it(`not ${name} for git`, () => equal(isGitName(name), false));

  it('say which part of a path it is', () =>
    deepEqual(
      listRefusedNames('a/aux/b/nul.c').map(({ at }) => at),
      ['a/aux', 'a/aux/b/nul.c'],
    ));

  it('are refused when they are written, unless they were there', () => {
    const file = { kind: 'file', sha256: '0'.repeat(64), size: 1, mode: 0o644 } as const;
    const dirs = new Map([['aux', 'directory' as const]]);
    const ask = (path: string, expected: ApplyItem['expected'], after: ApplyItem['after'], isOwn = false) =>
      findRefusal({ path, expected, after }, { dirs }, isOwn);
    const absent = { kind: 'absent' } as const;
    match(ask('src/aux.c', absent, file) ?? '', /Windows keeps for a device/);
    equal(ask('src/aux.c', file, file), undefined);
    equal(ask('src/aux.c', file, absent), undefined);
    equal(ask('src/aux.c', absent, file, true), undefined);
    equal(ask('aux/a.c', absent, file), undefined);
    match(ask('nul/a.c', absent, file) ?? '', /Windows keeps for a device/);
    for (const path of ['.git/x', 'a/GIT~2/x']) match(ask(path, file, file, true) ?? '', /git's own data/);
  });

  it('are shown as refused in a review; what was there is edited and deleted', async () => {
    const sandbox = await Sandbox.copy({ 'aux.c': 'old', 'nul.txt': 'gone', 'con/a': 'a' });
    try {
      const put = async (path: string) => {
        await mkdir(dirname(join(sandbox.view, path)), { recursive: true });
        await writeFile(join(sandbox.view, path), 'new');
      };
      for (const path of ['aux.c', 'con/b', 'lib/aux.c', 'prn/x', 'end.', 'a\\b']) await put(path);
      await rm(join(sandbox.view, 'nul.txt'));
      const { changes } = await sandbox.collect();
      deepEqual(
        changes.map(({ path, status }) => `${status} ${path}`),
        [
          'refused a\\b',
          'modified aux.c',
          'added con/b',
          'refused end.',
          'refused lib/aux.c',
          'deleted nul.txt',
          'refused prn/x',
        ],
      );
      const outcomes = await sandbox.review.approveAll(shownKeys(sandbox.review.list()));
      deepEqual(
        outcomes.filter(({ kind }) => kind === 'applied').map(({ path }) => path),
        ['aux.c', 'con/b', 'nul.txt'],
      );
    } finally {
      await sandbox.remove();
    }
  });
});
