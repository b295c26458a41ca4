import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';

/** Other cases in every run; those of a run that printed its seed come again with AIRLOCK_TEST_SEED. */
export const SEED = Number(process.env.AIRLOCK_TEST_SEED ?? randomInt(2 ** 31));

export function printSeed(): void {
  console.log(`      seed ${SEED}: AIRLOCK_TEST_SEED=${SEED} runs the same cases again`);
}

/** Few different lines, so that they repeat. */
const line = fc.constantFrom(
  'a',
  'b',
  'c',
  '}',
  '',
  '  x',
  'é',
  '😀',
  'd\re',
  '-- f',
  '+g',
  '\\ h',
  '@@ -1 +1 @@',
);
const ending = fc.constantFrom('\n', '\n', '\n', '\r\n');

const ended = fc.tuple(line, ending).map((parts) => parts.join(''));

/** With all that is awkward about texts: repeats, CRLF, lone CR, a BOM, no newline at the end, nothing at all. */
export const anyText: fc.Arbitrary<string> = fc
  .record({
    bom: fc.boolean(),
    lines: fc.array(ended, { maxLength: 25 }),
    last: fc.option(line, { nil: '', freq: 4 }),
  })
  .map(({ bom, lines, last }) => `${bom && lines.length % 5 === 0 ? '\uFEFF' : ''}${lines.join('')}${last}`);

const edit = fc.record({
  at: fc.nat(40),
  remove: fc.nat(3),
  add: fc.array(ended, { maxLength: 3 }),
});

/** What few edits make of a text. */
export function editedText(text: string): fc.Arbitrary<string> {
  return fc.array(edit, { maxLength: 4 }).map((edits) => {
    const lines = text.split(/(?<=\n)/);
    for (const { at, remove, add } of edits) lines.splice(at % (lines.length + 1), remove, ...add);
    const last = lines.pop() ?? '';
    return [...lines.map((one) => (one.endsWith('\n') ? one : `${one}\n`)), last].join('');
  });
}

/** Two texts: unrelated ones, and those that share most lines. */
export const textPair: fc.Arbitrary<readonly [string, string]> = fc.oneof(
  fc.tuple(anyText, anyText),
  anyText.chain((text) => fc.tuple(fc.constant(text), editedText(text))),
);

export const textTriple = fc.oneof(
  {
    weight: 4,
    arbitrary: anyText.chain((base) => fc.tuple(fc.constant(base), editedText(base), editedText(base))),
  },
  { weight: 1, arbitrary: fc.tuple(anyText, anyText, anyText) },
);

export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** These tests compare with real programs: without them they fail, and say what is missing. */
export function run(dir: string, program: string, args: readonly string[]): Run {
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd: dir, encoding: 'utf8' });
  if (error !== undefined) throw new Error(`${program} does not run (${error.message}); install it`);
  return { status, stdout, stderr };
}

/** Writes the files, lets `work` run in their directory, and reads them again. */
export function withFiles(
  files: ReadonlyMap<string, string>,
  work: (dir: string) => void,
): ReadonlyMap<string, string> {
  const dir = mkdtempSync(join(tmpdir(), 'airlock-hunks-'));
  try {
    mkdirSync(join(dir, 'files'));
    for (const [name, text] of files) writeFileSync(join(dir, 'files', name), text);
    work(dir);
    return new Map([...files.keys()].map((name) => [name, readFileSync(join(dir, 'files', name), 'utf8')]));
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
