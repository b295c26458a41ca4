import assert from 'node:assert/strict';
import { splitFields } from '../../../../src/guest/tool-proxy/shell/split-fields.js';
import { compilePattern, matches, toChars } from '../../../../src/policy/shell/match-pattern.js';

describe('patterns and fields', () => {
  const rows: readonly (readonly [pattern: string, text: string, expected: boolean])[] = [
    ['*', '', true],
    ['a*c', 'abbc', true],
    ['a*c', 'abb', false],
    ['*a*a*b', 'aaaaaaaaab', true],
    ['?', 'é', true],
    ['?', '😀', true],
    ['[a-c]', 'b', true],
    ['[!a-c]', 'b', false],
    ['[^a-c]', 'd', true],
    ['[]]', ']', true],
    ['[a-]', '-', true],
    ['[[:digit:]x]', '7', true],
    ['[[:alpha:]]', 'é', true],
    ['[[:nosuch:]]', 'n', false],
    ['[[.-.]]', '-', true],
    ['[a', '[a', true],
    ['\\*', '*', true],
    ['\\*', 'x', false],
    ['a\\', 'a\\', true],
  ];
  for (const [pattern, text, expected] of rows) {
    it(`${pattern} ${expected ? 'matches' : 'does not match'} "${text}"`, () => {
      assert.equal(matches(compilePattern(toChars([{ text: pattern, quoted: false }])), text), expected);
    });
  }

  it('takes quoted text as it is', () => {
    const pattern = compilePattern(
      toChars([
        { text: '*', quoted: true },
        { text: '?', quoted: false },
      ]),
    );
    assert.deepEqual([matches(pattern, '*x'), matches(pattern, 'xx')], [true, false]);
  });

  it('is not made slow by many stars', () => {
    const pattern = compilePattern(toChars([{ text: `${'*a'.repeat(50)}b`, quoted: false }]));
    const started = performance.now();
    assert.equal(matches(pattern, 'a'.repeat(5_000)), false);
    assert.ok(performance.now() - started < 1_000);
  });

  it('splits unquoted results only, and keeps quoted nothing as a field', () => {
    const text = (split: boolean, value: string, quoted = false) => ({ text: value, quoted, split });
    const show = (...pieces: Parameters<typeof splitFields>[0]) =>
      splitFields(pieces).map((field) => field.map((piece) => piece.text).join(''));
    assert.deepEqual(show(text(false, 'a'), text(true, ' b\t\nc '), text(false, 'd')), ['a', 'b', 'c', 'd']);
    assert.deepEqual(show(text(true, '  ')), []);
    assert.deepEqual(show(text(false, '', true), text(true, '')), ['']);
    assert.deepEqual(show(text(false, 'a b', true)), ['a b']);
  });
});
