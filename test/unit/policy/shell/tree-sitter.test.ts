import { equal, ok } from 'node:assert/strict';
import { collectTexts } from './collect-texts.js';
import {
  type Comparison,
  compareAcross,
  compareReadings,
  compareWithout,
  removeWeakness,
} from './tree-sitter/compare.js';
import { loadBashGrammar, type ReadTree } from './tree-sitter/read-tree.js';
import { weaknesses } from './tree-sitter/weaknesses.js';

// The same texts each time, so that a failure is a change's; `random` looks for new ones.
const DEFAULT_SEED = '20260';

/** How many of each kind must at least be compared, and which share of what our parser accepts. */
const floors = new Map([
  ['corpora', { count: 2500, share: 0.99 }],
  ['examples', { count: 400, share: 0.97 }],
  ['generated', { count: 2000, share: 0.95 }],
]);

describe('the parser beside tree-sitter', function () {
  this.timeout(60_000);
  this.slow(15_000);
  let readTree: ReadTree;
  before(async () => {
    readTree = await loadBashGrammar();
  });

  const { AIRLOCK_SEED = DEFAULT_SEED } = process.env;
  const seed = AIRLOCK_SEED === 'random' ? Math.floor(Math.random() * 2 ** 31) : Number(AIRLOCK_SEED);

  for (const [name, texts] of collectTexts(seed)) {
    it(`finds the same commands in what it accepts: ${name} (seed ${seed})`, () => {
      const results = texts.map((text) => compareWithout(text, readTree));
      const count = (kind: Comparison['kind']) => results.filter((result) => result.kind === kind).length;
      const same = count('same');
      const asTheyAre = results.filter(
        (result, index) => result.kind === 'same' && result.text === texts[index],
      );
      const unread = count('no opinion');
      const different = results.filter((result) => result.kind === 'different');
      const compared = `${same} texts compared, ${asTheyAre.length} of them as they are`;
      console.log(`      ${compared}; ${unread} without an opinion, ${different.length} disagreements`);
      equal(different.length, 0, different.slice(0, 3).map(show).join('\n\n'));
      const floor = floors.get(name);
      ok(floor !== undefined && same >= floor.count, `only ${same} ${name} were compared`);
      ok(same / (same + unread) >= floor.share, `tree-sitter could not read ${unread} ${name}`);
    });
  }

  describe('knows what tree-sitter cannot', () => {
    for (const weakness of weaknesses) {
      it(weakness.reason, () => {
        const { example } = weakness;
        const { kind } = compareReadings(example, readTree);
        ok(kind === 'different' || kind === 'no opinion', `tree-sitter has learned it: ${example}`);
        equal(compareReadings(removeWeakness(example, weakness), readTree).kind, 'same');
      });
    }
  });

  describe('would notice', () => {
    // The first as our parser reads it, the second as tree-sitter does.
    const pairs: readonly (readonly [string, string])[] = [
      ['a b', 'a;b'],
      ['a b c', 'a b\\ c'],
      ['a b; c', 'a b\\;c'],
      ['a || b', 'a && b'],
      ['a | b && c', 'a && b | c'],
      ['a |& b', 'a |  b'],
      ['a; b #c', 'a; b c'],
      ['! a', '  a'],
      ['a >b', 'a >>b'],
      ['a 1>&2', 'a 2>&1'],
      ['a 2>b', 'a 2 >b'],
      ['a &>b', 'a  >b'],
      ['a <<<b', 'a <b'],
      ['A=b c', 'A+b c'],
      ['A=b; c', 'A=b  c'],
      ['a "$B"', "a '$B'"],
      ['a "$B$C"', 'a "$B\\$C"'],
      ['a $(b)', "a '$(b)'"],
      ['a "$(b)"', 'a "\\$(b)"'],
      ['a $(b; c)', 'a $(b) c'],
      ['(a; b)', '(a);b'],
      ['{ a; }; b', '{ a; b; }'],
      ['{ a; }', '( a )'],
      ['{ a; } >b', '{ a >b; }'],
      ['if a; then b; fi', 'if a; b; then c; fi'],
      ['if a; then b; else c; fi', 'if a; then b; elif c; then d; fi'],
      ['while a; do b; done', 'until a; do b; done'],
      ['for A in b; do c; done', 'for A in b c; do c; done'],
      ['case a in b) c;; esac', 'case a in b|c) d;; esac'],
      ['case a in b) c;; esac', 'case a in b) ;; c) ;; esac'],
      ['a <<E\n$B\nE', "a <<'E'\n$B\nE"],
    ];
    for (const [ours, theirs] of pairs) {
      it(`${ours} · ${theirs}`, () => {
        equal(compareAcross(ours, theirs, readTree).kind, 'different');
      });
    }
  });
});

/** The text and where the outlines part. */
function show(result: Comparison): string {
  if (result.kind !== 'different') return result.kind;
  const ours = result.ours.split('\n');
  const theirs = result.theirs.split('\n');
  const from = ours.findIndex((line, index) => line !== theirs[index]);
  const around = (lines: readonly string[]) => lines.slice(Math.max(0, from - 3), from + 3).join('\n');
  return `${result.text}\n--- ours\n${around(ours)}\n--- tree-sitter\n${around(theirs)}`;
}
