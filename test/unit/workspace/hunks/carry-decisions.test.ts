import assert from 'node:assert/strict';
import fc from 'fast-check';
import { carryDecisions } from '../../../../src/workspace/hunks/carry-decisions.js';
import { composeHunks, computeHunks } from '../../../../src/workspace/hunks/hunks.js';
import { anyText, editedText } from './texts.js';

const lines = (text: string) =>
  text
    .split(' ')
    .map((line) => `${line}\n`)
    .join('');

describe('decisions on an agent’s text', () => {
  const cases: readonly (readonly [
    string,
    string,
    string,
    string,
    string,
    readonly (readonly [number, string, string])[],
  ])[] = [
    ['stay where it wrote nothing new', 'a B c D e', 'a b c D e', 'a B c D e', 'a b c D e', []],
    ['stay when it changes another place', 'a B c D e f', 'a b c D e f', 'a B c D e F', 'a b c D e F', []],
    ['stay when lines come before them', 'a B c D e', 'a b c D e', 'n n a B c D e', 'n n a b c D e', []],
    ['stay with the user’s own lines', 'a B c D e', 'a mine c D e', 'a B c D E', 'a mine c D E', []],
    [
      'go when it writes that place anew',
      'a B c D e',
      'a b c D e',
      'a BB c D e',
      'a BB c D e',
      [[1, 'BB', 'b']],
    ],
    [
      'go with the user’s lines told of',
      'a B c',
      'a mine c',
      'x y a BB c',
      'x y a BB c',
      [[3, 'BB', 'mine']],
    ],
    ['are met when it takes its change back', 'a B c D e', 'a b c D e', 'a b c D e', 'a b c D e', []],
  ];
  for (const [name, proposed, reviewed, next, text, changed] of cases) {
    it(name, () =>
      assert.deepEqual(
        carryDecisions({ proposed: lines(proposed), reviewed: lines(reviewed), next: lines(next) }),
        {
          text: lines(text),
          changed: changed.map(([newStart, newLines, formerLines]) => ({
            newStart,
            newLines: [`${newLines}\n`],
            formerLines: [`${formerLines}\n`],
          })),
        },
      ),
    );
  }

  it('are all told of when the text is too large', () => {
    const proposed = 'a\n'.repeat(100_001);
    const { text, changed } = carryDecisions({
      proposed,
      reviewed: `b\n${proposed}`,
      next: `${proposed}c\n`,
    });
    assert.equal(text, `${proposed}c\n`);
    assert.deepEqual(
      changed.map(({ newStart, newLines, formerLines }) => [newStart, newLines.length, formerLines.length]),
      [[0, 100_002, 100_002]],
    );
    assert.deepEqual(carryDecisions({ proposed, reviewed: proposed, next: `${proposed}c\n` }).changed, []);
  });

  const rounds = anyText.chain((before) =>
    editedText(before).chain((proposed) =>
      fc.record({
        before: fc.constant(before),
        proposed: fc.constant(proposed),
        choices: fc.array(fc.boolean(), { minLength: 30, maxLength: 30 }),
        next: editedText(proposed),
      }),
    ),
  );

  it('lose nothing: each of the user’s lines is in the text or told of', () => {
    fc.assert(
      fc.property(rounds, ({ before, proposed, choices, next }) => {
        const hunks = computeHunks(before, proposed);
        const kept = new Set(hunks.filter((_, index) => choices[index]).map(({ key }) => key));
        const reviewed = composeHunks(before, hunks, kept);
        const carried = carryDecisions({ proposed, reviewed, next });
        const now = carried.text.split(/(?<=\n)/);
        // A byte order mark is a part of the line where it is not the file's own.
        for (const { newStart, newLines } of carried.changed)
          assert.equal(
            withoutMark(now.slice(newStart, newStart + newLines.length).join('')),
            withoutMark(newLines.join('')),
          );
        // What the user took out or put in against the proposal is still so, or told of.
        if (carried.changed.length === 0) {
          const turned = carryDecisions({ proposed, reviewed: next, next: reviewed });
          assert.equal(turned.changed.length, 0);
        }
        assert.equal(carryDecisions({ proposed, reviewed, next: proposed }).text, reviewed);
        assert.equal(carryDecisions({ proposed, reviewed: proposed, next }).text, next);
      }),
      { numRuns: 500 },
    );
  });
});

function withoutMark(text: string): string {
  return text.replace(/^\uFEFF/, '');
}
