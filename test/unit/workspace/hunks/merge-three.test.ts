import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { readEndings } from '../../../../src/workspace/hunks/line-endings.js';
import { mergeThree } from '../../../../src/workspace/hunks/merge-three.js';
import { anyText, editedText, run, textTriple } from './texts.js';

const letters = (text: string) =>
  text
    .split('')
    .map((letter) => `${letter}\n`)
    .join('');

describe('a three-way merge', () => {
  const clean: readonly (readonly [string, string, string, string, string])[] = [
    ['of changes apart', 'abcde', 'Xbcde', 'abcdY', 'XbcdY'],
    ['of the same change', 'abc', 'aXc', 'aXc', 'aXc'],
    ['of the same change and another', 'abcde', 'aXcde', 'aXcdY', 'aXcdY'],
    ['of one insertion on both sides', 'ab', 'aXb', 'aXb', 'aXb'],
    ['of a deletion and an insertion', 'abcde', 'acde', 'abcdYe', 'acdYe'],
    ['of a text that both emptied', 'abc', '', '', ''],
  ];
  for (const [name, base, ours, theirs, text] of clean) {
    it(name, () =>
      assert.deepEqual(mergeThree({ base: letters(base), ours: letters(ours), theirs: letters(theirs) }), {
        kind: 'clean',
        text: letters(text),
      }),
    );
  }

  const conflicting: readonly (readonly [string, string, string, string])[] = [
    ['of one line', 'abc', 'aXc', 'aYc'],
    ['of lines that touch', 'abcd', 'aXcd', 'abYd'],
    ['of two insertions', 'ab', 'aXb', 'aYb'],
    ['of a line changed and deleted', 'abc', 'aXc', 'ac'],
    ['of a text emptied and changed', 'abc', '', 'abX'],
  ];
  for (const [name, base, ours, theirs] of conflicting) {
    it(`conflict ${name}`, () =>
      assert.equal(
        mergeThree({ base: letters(base), ours: letters(ours), theirs: letters(theirs) }).kind,
        'conflict',
      ));
  }

  it('marks a conflict', () => {
    const merged = mergeThree({ base: 'a\nb\nc', ours: 'a\nb\nours', theirs: 'a\nb\ntheirs' });
    assert.deepEqual(merged, {
      kind: 'conflict',
      bom: false,
      regions: [
        { kind: 'merged', lines: ['a\n', 'b\n'] },
        { kind: 'conflict', base: ['c'], ours: ['ours'], theirs: ['theirs'] },
      ],
      marked: 'a\nb\n<<<<<<< yours\nours\n||||||| base\nc\n=======\ntheirs\n>>>>>>> agent\n',
    });
  });

  it('is not tried on huge texts, unless only one side changed', () => {
    const base = 'a\n'.repeat(100_001);
    assert.deepEqual(mergeThree({ base, ours: `${base}x`, theirs: `y${base}` }), { kind: 'too-large' });
    assert.deepEqual(mergeThree({ base, ours: base, theirs: `y${base}` }), {
      kind: 'clean',
      text: `y${base}`,
    });
    const long = 'a'.repeat(4 * 1024 * 1024 + 1);
    assert.deepEqual(mergeThree({ base: long, ours: `${long}x`, theirs: `y${long}` }), { kind: 'too-large' });
  });

  const crlf = (text: string) => text.replaceAll('\n', '\r\n');
  const base = letters('abcde');
  const endings: readonly (readonly [string, string, string, string, string])[] = [
    ['yours converted', base, crlf(letters('abXde')), letters('Ybcde'), crlf(letters('YbXde'))],
    ['the agent converted', base, letters('abXde'), crlf(letters('Ybcde')), crlf(letters('YbXde'))],
    ['both converted', base, crlf(letters('abXde')), crlf(letters('Ybcde')), crlf(letters('YbXde'))],
    ['to LF', crlf(base), letters('abXde'), crlf(letters('Ybcde')), letters('YbXde')],
    ['out of both', `a\r\n${letters('bcde')}`, crlf(base), letters('Ybcde'), crlf(letters('Ybcde'))],
    [
      'kept mixed',
      `a\r\n${letters('bcde')}`,
      `a\r\n${letters('bXde')}`,
      `a\r\n${letters('bcdY')}`,
      `a\r\n${letters('bXdY')}`,
    ],
    ['a BOM added', base, `\uFEFF${letters('abXde')}`, letters('Ybcde'), `\uFEFF${letters('YbXde')}`],
    ['a BOM removed', `\uFEFF${base}`, `\uFEFF${letters('abXde')}`, letters('Ybcde'), letters('YbXde')],
  ];
  for (const [name, from, ours, theirs, text] of endings) {
    it(`of line endings: ${name}`, () =>
      assert.deepEqual(mergeThree({ base: from, ours, theirs }), { kind: 'clean', text }));
  }

  it('of one change, or of the same on both sides, is that change', () => {
    fc.assert(
      fc.property(fc.tuple(anyText, anyText), ([from, to]) => {
        const expected = { kind: 'clean', text: to };
        assert.deepEqual(mergeThree({ base: from, ours: from, theirs: to }), expected);
        assert.deepEqual(mergeThree({ base: from, ours: to, theirs: from }), expected);
        assert.deepEqual(mergeThree({ base: from, ours: to, theirs: to }), expected);
      }),
    );
  });

  it('is the same the other way round', () => {
    fc.assert(
      fc.property(textTriple, ([from, ours, theirs]) => {
        const merged = mergeThree({ base: from, ours, theirs });
        const turned = mergeThree({ base: from, ours: theirs, theirs: ours });
        assert.equal(merged.kind, turned.kind);
        // Of two sides that each converted mixed endings another way, ours wins.
        if (readEndings(from) !== 'mixed' || readEndings(ours) === readEndings(theirs))
          if (merged.kind === 'clean') assert.deepEqual(merged, turned);
      }),
      { numRuns: 500 },
    );
  });

  it('has what both sides did, where they did it apart', () => {
    const side = (mark: string) =>
      fc
        .array(fc.tuple(fc.nat(9), fc.constantFrom('change', 'delete', 'insert')), { maxLength: 4 })
        .map((edits) => ({ mark, edits }));
    fc.assert(
      fc.property(side('ours'), side('theirs'), (mine, other) => {
        // Blocks of which ours changes the first line and theirs the third; all lines repeat in every block.
        const block = ['{\n', 'x\n', 'y\n', 'x\n', '}\n'];
        const build = (sides: readonly (typeof mine)[]) =>
          Array.from({ length: 10 }, (_, index) => {
            const lines = [`block ${index}\n`, ...block];
            for (const { mark, edits } of sides) {
              const kind = new Map(edits).get(index);
              const at = mark === 'ours' ? 1 : 4;
              if (kind === 'change') lines[at] = `${mark} ${index}\n`;
              if (kind === 'delete') lines[at] = '';
              if (kind === 'insert') lines[at] = `${mark} ${index}\n${lines[at]}`;
            }
            return lines.join('');
          }).join('');
        assert.deepEqual(mergeThree({ base: build([]), ours: build([mine]), theirs: build([other]) }), {
          kind: 'clean',
          text: build([mine, other]),
        });
      }),
    );
  });
});

describe('beside git', () => {
  it('merge-file, a merge is clean when its is, with the same text', function () {
    this.timeout(60_000);
    const dir = mkdtempSync(join(tmpdir(), 'airlock-merge-'));
    const counts = { same: 0, bothConflict: 0, onlyOurs: 0, onlyGit: 0, other: 0 };
    try {
      const plain = anyText.map((text) => text.replaceAll('\r\n', '\n').replace(/^\uFEFF/, ''));
      const triples = fc.sample(
        plain.chain((from) => fc.tuple(fc.constant(from), editedText(from), editedText(from))),
        { numRuns: 700, seed: 5 },
      );
      for (const [base, ours, theirs] of triples) {
        for (const [name, text] of Object.entries({ base, ours, theirs }))
          writeFileSync(join(dir, name), text);
        const git = run(dir, 'git', ['merge-file', '-p', '--diff3', 'ours', 'base', 'theirs']);
        assert.ok(git.status !== null && git.status < 128, git.stderr);
        const merged = mergeThree({ base, ours, theirs });
        if (merged.kind === 'clean' && git.status === 0)
          counts[merged.text === git.stdout ? 'same' : 'other'] += 1;
        else if (merged.kind === 'clean') counts.onlyOurs += 1;
        else if (git.status === 0) counts.onlyGit += 1;
        else counts.bothConflict += 1;
        if (
          (process.env.SHOW && (merged.kind === 'clean') !== (git.status === 0)) ||
          (merged.kind === 'clean' && git.status === 0 && merged.text !== git.stdout)
        )
          console.log(JSON.stringify({ base, ours, theirs, git: git.stdout, merged }, null, 1));
      }
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
    console.log(counts);
  });
});
