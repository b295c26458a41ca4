import { deepEqual, equal, ok } from 'node:assert/strict';
import { renderPatch } from '../../../../src/cli/review/git-patch.js';
import { paintPatch } from '../../../../src/cli/review/paint-patch.js';
import type { PatchSide } from '../../../../src/cli/review/patch-side.js';

const absent: PatchSide = { kind: 'absent' };
const file = (content: string | Uint8Array, mode = 0o644): PatchSide => ({
  kind: 'file',
  mode,
  bytes: Buffer.from(content),
});
const link = (target: string): PatchSide => ({ kind: 'symlink', target });

describe('a change as git prints it', () => {
  const cases: readonly (readonly [string, string, PatchSide, PatchSide, readonly string[]])[] = [
    [
      'a text that changed',
      'a.txt',
      file('x\n'),
      file('y\n'),
      ['diff --git a/a.txt b/a.txt', '--- a/a.txt', '+++ b/a.txt', '@@ -1 +1 @@', '-x', '+y'],
    ],
    [
      'a new file',
      'd/a',
      absent,
      file('x\n'),
      ['diff --git a/d/a b/d/a', 'new file mode 100644', '--- /dev/null', '+++ b/d/a', '@@ -0,0 +1 @@', '+x'],
    ],
    ['a new empty program', 'a', absent, file('', 0o755), ['diff --git a/a b/a', 'new file mode 100755']],
    [
      'a file that goes',
      'a',
      file('x\n', 0o700),
      absent,
      ['diff --git a/a b/a', 'deleted file mode 100755', '--- a/a', '+++ /dev/null', '@@ -1 +0,0 @@', '-x'],
    ],
    [
      'a mode',
      'a',
      file('x', 0o644),
      file('x', 0o755),
      ['diff --git a/a b/a', 'old mode 100644', 'new mode 100755'],
    ],
    [
      'a mode and a text',
      'a',
      file('x\n', 0o755),
      file('y\n'),
      [
        'diff --git a/a b/a',
        'old mode 100755',
        'new mode 100644',
        '--- a/a',
        '+++ b/a',
        '@@ -1 +1 @@',
        '-x',
        '+y',
      ],
    ],
    [
      'a link',
      'l',
      absent,
      link('to/it'),
      [
        ...['diff --git a/l b/l', 'new file mode 120000', '--- /dev/null', '+++ b/l', '@@ -0,0 +1 @@'],
        ...['+to/it', '\\ No newline at end of file'],
      ],
    ],
    [
      'a file that becomes a link, as two',
      'l',
      file('x\n'),
      link('y'),
      [
        ...[
          'diff --git a/l b/l',
          'deleted file mode 100644',
          '--- a/l',
          '+++ /dev/null',
          '@@ -1 +0,0 @@',
          '-x',
        ],
        ...['diff --git a/l b/l', 'new file mode 120000', '--- /dev/null', '+++ b/l', '@@ -0,0 +1 @@', '+y'],
        '\\ No newline at end of file',
      ],
    ],
    [
      'a binary file',
      'b c',
      file('\0'),
      file('\0\0', 0o755),
      ['diff --git a/b c b/b c', 'old mode 100644', 'new mode 100755', 'Binary files a/b c and b/b c differ'],
    ],
    [
      'a new binary file',
      'b',
      absent,
      file('\0'),
      ['diff --git a/b b/b', 'new file mode 100644', 'Binary files /dev/null and b/b differ'],
    ],
    [
      'a name that must be quoted',
      'a"\n\tb',
      file(''),
      file('', 0o755),
      ['diff --git "a/a\\"\\n\\tb" "b/a\\"\\n\\tb"', 'old mode 100644', 'new mode 100755'],
    ],
    ['nothing where git sees no difference', 'a', file('x', 0o644), file('x', 0o600), []],
  ];
  for (const [title, path, before, after, expected] of cases) {
    it(title, () => equal(renderPatch(path, before, after), expected.map((line) => `${line}\n`).join('')));
  }

  it('names the hunks of each part', () => {
    const before = Array.from({ length: 40 }, (_, index) => `${index}\n`);
    const after = before.map((line) => (['2\n', '4\n', '30\n'].includes(line) ? 'x\n' : line));
    const names = ['one', 'two', 'three'];
    const patch = renderPatch('a', file(before.join('')), file(after.join('')), {
      describePart: (from, to) => names.slice(from, to).join(', '),
    });
    deepEqual(
      patch.split('\n').filter((line) => line.startsWith('@@')),
      ['@@ -1,8 +1,8 @@ one, two', '@@ -28,7 +28,7 @@ three'],
    );
  });
});

describe('a patch on a terminal', () => {
  const patch = renderPatch('a\u202eb', file('-- x\n\u001b[2J\n'), file('++ y\r\n\u001b[2J\n'));

  it('shows what would change how it is shown', () => {
    const shown = paintPatch(patch, false);
    for (const hidden of ['\u001b', '\u202e', '\r']) ok(!shown.includes(hidden));
    ok(shown.includes('diff --git a/a\\u{202e}b '));
    ok(shown.includes('+++ y\\u{d}\n'), shown);
    equal(paintPatch('+\tx\n', false), '+\tx\n');
  });

  it('has the colours of git', () => {
    const colours = paintPatch(patch, true)
      .split('\n')
      .map((line) => (line.startsWith('\u001b[') ? line.slice(2, line.indexOf('m')) : ''));
    deepEqual(colours, ['1', '1', '1', '36', '31', '32', '', '']);
  });

  it('cuts very long lines', () => ok(paintPatch(`+${'x'.repeat(1_000_000)}\n`, false).length < 11_000));
});
