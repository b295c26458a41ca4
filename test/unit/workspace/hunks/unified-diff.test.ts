import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describeEndings } from '../../../../src/workspace/hunks/describe-endings.js';
import { unifiedDiff } from '../../../../src/workspace/hunks/unified-diff.js';
import { printSeed, run, SEED, textPair, withFiles } from './texts.js';

describe('a unified diff', () => {
  const numbers = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, index) => `${from + index}\n`).join('');

  it('has three lines of context, and one part for changes that are near', () => {
    const before = numbers(0, 30);
    const after = before.replace('5\n', 'five\n').replace('11\n', '').replace('25\n', '25\nmore\n');
    assert.equal(
      unifiedDiff('src/a.ts', before, after),
      [
        '--- a/src/a.ts',
        '+++ b/src/a.ts',
        '@@ -3,13 +3,12 @@',
        ...[' 2', ' 3', ' 4', '-5', '+five', ' 6', ' 7', ' 8', ' 9', ' 10', '-11', ' 12', ' 13', ' 14'],
        '@@ -24,6 +23,7 @@',
        ...[' 23', ' 24', ' 25', '+more', ' 26', ' 27', ' 28', ''],
      ].join('\n'),
    );
  });

  it('says where there is no newline at the end', () => {
    assert.equal(
      unifiedDiff('a', 'x', 'x\n'),
      '--- a/a\n+++ b/a\n@@ -1 +1 @@\n-x\n\\ No newline at end of file\n+x\n',
    );
  });

  it('is nothing for equal texts, and names what is not there', () => {
    assert.equal(unifiedDiff('a', 'x', 'x'), '');
    assert.equal(unifiedDiff('a', undefined, 'x\n'), '--- /dev/null\n+++ b/a\n@@ -0,0 +1 @@\n+x\n');
    assert.equal(unifiedDiff('a', 'x\n', undefined), '--- a/a\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n');
  });

  before(printSeed);
  const pairs = fc
    .sample(textPair, { numRuns: 500, seed: SEED })
    .filter(([before, after]) => before !== after);
  const names = pairs.map((_, index) =>
    index % 3 === 0 ? `f ${index}` : index % 3 === 1 ? `"f\t${index}` : `é${index}`,
  );
  const tools: readonly (readonly [string, readonly string[], number | undefined])[] = [
    ['patch', ['-p1', '--binary', '-f', '-F0', '-i', 'diff'], undefined],
    ['git', ['apply', '--whitespace=nowarn', 'diff'], undefined],
    // Not git apply, which takes a deletion among equal lines without context from the wrong ones.
    ['patch', ['-p1', '--binary', '-f', '-F0', '-i', 'diff'], 0],
  ];
  for (const [program, args, context] of tools) {
    it(`is what ${program} reads${context === 0 ? ', without context' : ''}`, function () {
      this.timeout(30_000);
      const files = new Map(pairs.map(([before], index) => [names[index] ?? '', before]));
      const diff = pairs.map(([before, after], index) =>
        unifiedDiff(`files/${names[index]}`, before, after, context),
      );
      const made = withFiles(files, (dir) => {
        writeFileSync(join(dir, 'diff'), diff.join(''));
        const { status, stdout, stderr } = run(dir, program, args);
        assert.equal(status, 0, `${stdout}${stderr}`);
      });
      for (const [index, [, after]] of pairs.entries())
        assert.equal(
          made.get(names[index] ?? ''),
          after,
          `from ${JSON.stringify(pairs[index]?.[0])}\n${diff[index]}`,
        );
    });
  }
});

describe('texts that differ only in', () => {
  const cases: readonly (readonly [string, string, ReturnType<typeof describeEndings>])[] = [
    ['a\n', 'a\n', { kind: 'none' }],
    ['a\nb\n', 'a\r\nb\r\n', { kind: 'endings', from: 'lf', to: 'crlf' }],
    ['a\r\nb\n', 'a\nb\n', { kind: 'endings', from: 'mixed', to: 'lf' }],
    ['a\n', '\uFEFFa\n', { kind: 'bom', added: true }],
    ['\uFEFFa\n', 'a\n', { kind: 'bom', added: false }],
    ['a\nb', 'a\nb\n', { kind: 'final-newline', added: true }],
    ['a\r\nb\r\n', 'a\r\nb', { kind: 'final-newline', added: false }],
    ['a\n b\n', 'a \n\tb\n', { kind: 'white-space' }],
    ['a\nb', '\uFEFFa\r\nb\r\n', { kind: 'white-space' }],
    ['a b\n', 'a  b\n', { kind: 'content' }],
    ['', 'a', { kind: 'content' }],
    ['', '\n', { kind: 'final-newline', added: true }],
  ];
  for (const [before, after, expected] of cases) {
    it(`${expected.kind}: ${JSON.stringify([before, after])}`, () =>
      assert.deepEqual(describeEndings(before, after), expected));
  }
});
