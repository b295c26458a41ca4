import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { Applier } from '../../../../src/workspace/apply/applier.js';
import { changeKey } from '../../../../src/workspace/changes.js';
import { isMissing } from '../../../../src/workspace/fs-errors.js';
import { composeHunks, computeHunks, type Hunk } from '../../../../src/workspace/hunks/hunks.js';
import { type MadeReview, makeReview } from '../../ui/make-review.js';
import { printSeed, SEED, textPair } from '../hunks/texts.js';

const FILES = 60;

interface Case {
  readonly name: string;
  /** Undefined for a file that is not there yet. */
  readonly before: string | undefined;
  readonly after: string;
  /** For each decision, whether it is an approval, and which of the hunks that wait it is about. */
  readonly choices: readonly (readonly [boolean, number])[];
}

const choices = fc.array(fc.tuple(fc.boolean(), fc.nat(100)), { minLength: 60, maxLength: 60 });
const cases: readonly Case[] = fc
  .sample(fc.tuple(textPair, choices), { numRuns: FILES * 2, seed: SEED })
  .filter(([[before, after]]) => before !== after && after !== '')
  .slice(0, FILES)
  .map(([[before, after], some], index) => ({
    name: `folder-${index % 5}/file-${index}`,
    before: before === '' && index % 2 === 0 ? undefined : before,
    after,
    choices: some,
  }));

describe('any texts, decided hunk by hunk in any order', function () {
  this.timeout(120_000);
  let made: MadeReview;
  /** Cases in which the hunks that waited were those of the beginning all the time. */
  let unchanged = 0;

  before(async () => {
    printSeed();
    assert.ok(cases.length >= FILES / 2, `${cases.length}`);
    const files = cases.map(({ name, before, after }) => [
      name,
      before === undefined ? { after } : { before, after },
    ]);
    made = await makeReview(Object.fromEntries(files));
  });
  after(() => made.remove());

  it('what was approved is in the file, and one undo after the other takes it back', async () => {
    for (const one of cases) await decideAll(one);
  });

  it('the hunks that wait are nearly always those of the beginning', () => {
    console.log(`      ${unchanged} of ${cases.length}`);
    assert.ok(unchanged >= cases.length * 0.9, `${unchanged} of ${cases.length}`);
  });

  async function decideAll({ name, before, after, choices }: Case): Promise<void> {
    const all = computeHunks(before ?? '', after);
    const states: (string | undefined)[] = [before];
    let waiting: readonly Hunk[] = all;
    let approved: readonly Hunk[] = [];
    let isUnchanged = true;
    for (const [isApproval, number] of choices) {
      const shown = await made.review.hunks(name);
      if (shown.length === 0 || waiting.length === 0) break;
      isUnchanged &&= linesOf(shown) === linesOf(waiting);
      const index = number % shown.length;
      const hunk = shown[index];
      assert.ok(hunk !== undefined);
      const text = states.at(-1);
      const isLast = shown.length === 1;
      if (isApproval) {
        assert.equal((await made.review.approveHunk(name, keyOf(name), hunk.key)).kind, 'applied');
        states.push(putIn(text ?? '', hunk));
        approved = [...approved, ...waiting.slice(index, index + 1)];
      } else assert.equal(await made.review.rejectHunk(name, keyOf(name), hunk.key), true);
      assert.equal(read(name), states.at(-1), name);
      waiting = waiting.filter((_, at) => at !== index);
      if (isLast) break;
    }
    const keys = new Set(approved.map(({ key }) => key));
    if (isUnchanged && states.length > 1)
      assert.equal(read(name), composeHunks(before ?? '', all, keys), name);
    if (isUnchanged) unchanged += 1;
    await undoAll(name, states);
  }

  async function undoAll(name: string, states: (string | undefined)[]): Promise<void> {
    const applier = new Applier(made.stateDir, made.workspace);
    while (states.length > 1) {
      states.pop();
      assert.equal((await applier.undo()).kind, 'undone');
      assert.equal(read(name), states.at(-1), name);
    }
  }

  function keyOf(name: string): string {
    const found = made.review.get(name);
    assert.ok(found);
    return changeKey(found.change);
  }

  function read(name: string): string | undefined {
    try {
      return readFileSync(join(made.workspace, name)).toString();
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }
});

/** Without the code that is tested: the lines of the hunk in the place of those that it replaces. */
function putIn(text: string, { oldStart, oldLines, newLines }: Hunk): string {
  const lines = text.split(/(?<=\n)/).filter((line) => line !== '');
  assert.deepEqual(lines.splice(oldStart, oldLines.length, ...newLines), oldLines);
  return lines.join('');
}

function linesOf(hunks: readonly Hunk[]): string {
  return JSON.stringify(hunks.map(({ oldLines, newLines }) => [oldLines, newLines]));
}
