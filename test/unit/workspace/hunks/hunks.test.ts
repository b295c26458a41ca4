import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { hunkAtLine } from '../../../../src/workspace/hunks/hunk-at-line.js';
import { composeHunks, computeHunks, type Hunk } from '../../../../src/workspace/hunks/hunks.js';
import { decodeText, splitLines } from '../../../../src/workspace/hunks/split-lines.js';
import { anyText, printSeed, run, SEED, textPair, withFiles } from './texts.js';

function keysOf(hunks: readonly Hunk[]): ReadonlySet<string> {
  return new Set(hunks.map(({ key }) => key));
}

function summarise(before: string, after: string): string[] {
  return computeHunks(before, after).map(({ oldStart, oldLines, newStart, newLines }) =>
    `${oldStart}-${oldLines.join('|')} ${newStart}+${newLines.join('|')}`.replaceAll('\n', ''),
  );
}

describe('lines', () => {
  const cases: readonly [string, readonly string[]][] = [
    ['', []],
    ['a', ['a']],
    ['\n', ['\n']],
    ['a\nb\n', ['a\n', 'b\n']],
    ['a\r\nb\rc\n\n', ['a\r\n', 'b\rc\n', '\n']],
    ['\uFEFFa\n\r', ['\uFEFFa\n', '\r']],
  ];
  for (const [text, lines] of cases)
    it(`of ${JSON.stringify(text)}`, () => assert.deepEqual(splitLines(text), lines));

  it('give the same bytes again', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const bytes = Buffer.from(text);
        const lines = splitLines(decodeText(bytes) ?? 'binary');
        assert.ok(Buffer.from(lines.join('')).equals(bytes));
        assert.ok(
          lines.every(
            (line, index) =>
              line !== '' &&
              !line.slice(0, -1).includes('\n') &&
              (index === lines.length - 1 || line.endsWith('\n')),
          ),
        );
      }),
    );
  });

  it('are not read from binary bytes', () => {
    assert.equal(decodeText(Buffer.from([0x61, 0xff])), undefined);
    assert.equal(decodeText(Buffer.from([0x61, 0])), undefined);
    assert.equal(decodeText(Buffer.from('\uFEFFa').subarray(0)), '\uFEFFa');
  });
});

describe('hunks', () => {
  const cases: readonly (readonly [string, string, string, readonly string[]])[] = [
    ['nothing', 'a\n', 'a\n', []],
    ['of a new text', '', 'a\nb\n', ['0- 0+a|b']],
    ['of an emptied text', 'a\nb\n', '', ['0-a|b 0+']],
    ['of one line', 'a\nb\nc\n', 'a\nx\nc\n', ['1-b 1+x']],
    ['apart by one equal line', 'a\nb\nc\n', 'x\nb\ny\n', ['0-a 0+x', '2-c 2+y']],
    ['of the newline at the end', 'a\nb', 'a\nb\n', ['1-b 1+b']],
    ['of a line added behind one without newline', 'a\nb', 'a\nb\nc', ['1-b 1+b|c']],
    ['of CRLF', 'a\nb\n', 'a\r\nb\n', ['0-a 0+a\r']],
    ['of a BOM', 'a\nb\n', '\uFEFFa\nb\n', ['0-a 0+\uFEFFa']],
    ['around a line that stands once', 'x\nm\nx\ny\n', 'y\ny\nm\nx\nx\n', ['0-x 0+y|y', '3-y 4+x']],
  ];
  for (const [name, before, after, expected] of cases)
    it(name, () => assert.deepEqual(summarise(before, after), expected));

  it('are the least that differs, in order, and apart', () => {
    fc.assert(
      fc.property(textPair, ([before, after]) => {
        let old = 0;
        let later = 0;
        for (const { oldStart, oldLines, newStart, newLines } of computeHunks(before, after)) {
          assert.ok(oldLines.length + newLines.length > 0);
          assert.equal(oldStart - old, newStart - later);
          assert.ok(oldStart > old || old === 0);
          if (oldLines.length > 0 && newLines.length > 0) {
            assert.notEqual(oldLines[0], newLines[0]);
            assert.notEqual(oldLines.at(-1), newLines.at(-1));
          }
          old = oldStart + oldLines.length;
          later = newStart + newLines.length;
        }
      }),
    );
  });

  it('compose to either text, and have each their own key', () => {
    fc.assert(
      fc.property(textPair, ([before, after]) => {
        const hunks = computeHunks(before, after);
        assert.equal(keysOf(hunks).size, hunks.length);
        assert.equal(composeHunks(before, hunks, new Set()), before);
        assert.equal(composeHunks(before, hunks, keysOf(hunks)), after);
      }),
      { numRuns: 1000 },
    );
  });

  it('keep their key when other places change', () => {
    const [, second] = computeHunks('a\nm\nb\n', 'x\nm\ny\n');
    const [moved] = computeHunks('1\n2\n3\nm\nb\n', '1\n2\n3\nm\ny\n');
    assert.equal(second?.key, moved?.key);
    const equal = computeHunks('a\nm\na\n', 'x\nm\nx\n');
    assert.notEqual(equal[0]?.key, equal[1]?.key);
    assert.match(equal[0]?.key ?? '', /^[0-9a-f]{32}$/);
  });
});

/** A diff of the whole text as one part, written without any of the code it is compared with. */
function writeWholeDiff(name: string, before: string, hunks: readonly Hunk[]): string {
  const old = before.split(/(?<=\n)/).filter((line) => line !== '');
  const body: string[] = [];
  const push = (sign: string, line: string) =>
    body.push(line.endsWith('\n') ? sign + line : `${sign}${line}\n\\ No newline at end of file\n`);
  let at = 0;
  let added = 0;
  let removed = 0;
  for (const { oldStart, oldLines, newLines } of hunks) {
    for (; at < oldStart; at += 1) push(' ', old[at] ?? '');
    for (const line of oldLines) push('-', line);
    for (const line of newLines) push('+', line);
    at += oldLines.length;
    removed += oldLines.length;
    added += newLines.length;
  }
  for (; at < old.length; at += 1) push(' ', old[at] ?? '');
  const length = old.length - removed + added;
  const header = `@@ -${old.length === 0 ? 0 : 1},${old.length} +${length === 0 ? 0 : 1},${length} @@\n`;
  return `--- a/files/${name}\n+++ b/files/${name}\n${header}${body.join('')}`;
}

/** Each hunk a part without context. */
function writeBareDiff(name: string, hunks: readonly Hunk[]): string {
  let shift = 0;
  const parts = hunks.map(({ oldStart, oldLines, newLines }) => {
    const oldAt = oldLines.length === 0 ? oldStart : oldStart + 1;
    const newAt = newLines.length === 0 ? oldStart + shift : oldStart + shift + 1;
    shift += newLines.length - oldLines.length;
    const sign = (mark: string) => (line: string) =>
      line.endsWith('\n') ? mark + line : `${mark}${line}\n\\ No newline at end of file\n`;
    const header = `@@ -${oldAt},${oldLines.length} +${newAt},${newLines.length} @@\n`;
    return header + oldLines.map(sign('-')).join('') + newLines.map(sign('+')).join('');
  });
  return `--- a/files/${name}\n+++ b/files/${name}\n${parts.join('')}`;
}

describe('some of the hunks', () => {
  before(printSeed);
  const sample = fc.sample(fc.tuple(textPair, fc.infiniteStream(fc.boolean())), { numRuns: 800, seed: SEED });
  const chosen = sample.flatMap(([[before, after], choices], index) => {
    const hunks = computeHunks(before, after);
    const some = hunks.filter(() => choices.next().value === true);
    return some.length === 0 ? [] : [{ name: `f${index}`, before, hunks, some }];
  });
  const files = new Map(chosen.map(({ name, before }) => [name, before]));
  // Without context only patch keeps to the line numbers.
  const whole = chosen.map(({ name, before, some }) => writeWholeDiff(name, before, some)).join('');
  const bare = chosen.map(({ name, some }) => writeBareDiff(name, some)).join('');
  const patch = ['patch', '-p1', '--binary', '-f', '-F0', '-i', 'diff'];
  const tools: readonly (readonly [string, string, readonly string[]])[] = [
    ['patch makes of them', whole, patch],
    ['patch makes of them without context', bare, patch],
    ['git apply makes of them', whole, ['git', 'apply', '--whitespace=nowarn', 'diff']],
  ];
  for (const [name, diff, [program = '', ...args]] of tools) {
    it(`give what ${name}`, function () {
      this.timeout(30_000);
      assert.ok(chosen.length > 300);
      const made = withFiles(files, (dir) => {
        writeFileSync(join(dir, 'diff'), diff);
        const { status, stdout, stderr } = run(dir, program, args);
        assert.equal(status, 0, `${stdout}${stderr}`);
      });
      for (const { name, before, hunks, some } of chosen)
        assert.equal(composeHunks(before, hunks, keysOf(some)), made.get(name), JSON.stringify(before));
    });
  }
});

describe('the hunk at a line', () => {
  // Old: a b c d e f; new: a X c e Y f: b became X, d is gone, Y is new.
  const hunks = computeHunks('a\nb\nc\nd\ne\nf\n', 'a\nX\nc\ne\nY\nf\n');
  const cases: readonly (readonly ['old' | 'new', number, number | undefined])[] = [
    ['new', 0, undefined],
    ['new', 1, 0],
    ['new', 2, 1],
    ['new', 3, 1],
    ['new', 4, 2],
    ['new', 5, undefined],
    ['old', 1, 0],
    ['old', 2, undefined],
    ['old', 3, 1],
    ['old', 4, 2],
    ['old', 5, 2],
    ['old', 9, undefined],
  ];
  for (const [side, line, index] of cases) {
    it(`${line} of the ${side} side`, () =>
      assert.equal(hunkAtLine(hunks, line, side), index === undefined ? undefined : hunks[index]));
  }

  it('is the one below where two deletions touch the line', () => {
    const two = computeHunks('x\na\ny\n', 'a\n');
    assert.equal(two.length, 2);
    assert.equal(hunkAtLine(two, 0, 'new'), two[1]);
    assert.equal(hunkAtLine([], 0, 'new'), undefined);
  });
});
