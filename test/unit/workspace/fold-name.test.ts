import { equal } from 'node:assert/strict';
import fc from 'fast-check';
import { foldName, foldPath } from '../../../src/workspace/fold-name.js';

/** All but those of the planes in which no character has another form. */
function* codes(): Generator<number> {
  for (const [first, last] of [
    [0, 0x1ffff],
    [0x2f800, 0x2fa1f],
    [0xe0000, 0xe0fff],
  ] as const)
    for (let code = first; code <= last; code += 1) yield code;
}

describe('folded names', () => {
  for (const [name, folded] of [
    ['.Git', '.git'],
    ['.g\u0131t', '.git'],
    ['.G\u0130T', '.git'],
    ['\u017frc', 'src'],
    ['MA\u212aEFILE', 'makefile'],
    ['\uff0evscode', '.vscode'],
    ['a\u200d\ufe0f\u{e0041}b', 'ab'],
    ['a. . ', 'a'],
    ['a:stream:$DATA', 'a'],
    ['Stra\u00dfe', 'strasse'],
    ['e\u0301', '\u00e9'],
    ['...', ''],
    ['a~1', 'a~1'],
    ['plain-Name_1.ts', 'plain-name_1.ts'],
  ] as const)
    it(`${JSON.stringify(name)} is ${JSON.stringify(folded)}`, () => equal(foldName(name), folded));

  it('are their own folded names, of every character', () => {
    for (const code of codes()) {
      const folded = foldName(`a${String.fromCodePoint(code)}b`);
      if (foldName(folded) !== folded) equal(foldName(folded), folded, code.toString(16));
    }
  });

  it('are their own folded names, of any text', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'grapheme' }),
      fc.string({
        unit: fc.constantFrom('i', '\u0307', '\u0130', '.', ' ', ':', '\u0345', '\u03a3', 'A', '\u2025'),
      }),
    );
    fc.assert(
      fc.property(text, (name) => equal(foldName(foldName(name)), foldName(name))),
      { numRuns: 3000 },
    );
  });

  it('are the same in every case, and with what is left out', () => {
    const text = fc.string({ unit: 'grapheme-ascii' });
    fc.assert(
      fc.property(text, (name) => {
        equal(foldName(name.toUpperCase()), foldName(name));
        equal(foldName([...name].join('\u200b')), foldName(name));
        equal(foldName(`${name}. `), foldName(name));
      }),
    );
  });

  it('of a path part at both separators', () => equal(foldPath('A/b\\C').join('|'), 'a|b|c'));
});
