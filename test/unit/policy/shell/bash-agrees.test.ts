import { deepEqual, ok } from 'node:assert/strict';
import fc from 'fast-check';
import type { Script } from '../../../../src/policy/shell/ast.js';
import { parseScript } from '../../../../src/policy/shell/parse.js';
import { printScript } from '../../../../src/policy/shell/print.js';
import { refusedByBash, wordsInBash } from './bash.js';
import { literalWord, scriptText } from './script-texts.js';

describe('the parser beside bash', () => {
  const seed = Date.now() % 2 ** 31;

  it(`accepts no script that bash refuses (seed ${seed})`, () => {
    const texts = fc.sample(scriptText, { numRuns: 2000, seed });
    const accepted = texts.flatMap((text) => {
      const result = parseScript(text);
      return result.ok ? [text, printScript(result.script)] : [];
    });
    ok(accepted.length > 400, `only ${accepted.length} of the generated scripts are in the subset`);
    deepEqual(refusedByBash([...new Set(accepted)]), []);
  });

  it(`makes the words that bash makes of quotes, escapes and braces (seed ${seed})`, () => {
    const line = fc.array(literalWord, { minLength: 1, maxLength: 3 }).map((words) => words.join(' '));
    const lines = fc.sample(line, { numRuns: 20_000, seed }).filter((words) => wordsOf(words) !== undefined);
    ok(lines.length > 10_000, `only ${lines.length} of the generated lines are in the subset`);
    const expected = wordsInBash(lines);
    deepEqual(expected.length, lines.length);
    for (const [index, words] of lines.entries()) deepEqual(wordsOf(words), expected[index], words);
  });
});

function wordsOf(words: string): string[] | undefined {
  const result = parseScript(`cmd ${words}`);
  return result.ok ? textsOf(result.script) : undefined;
}

/** The arguments of a script of one command, if they are known from its text. */
function textsOf({ statements }: Script): string[] | undefined {
  const [only, second] = statements;
  const [command] = only?.first.commands ?? [];
  if (second !== undefined || command?.kind !== 'simple') return undefined;
  const known = command.words.every(({ parts }) =>
    parts.every(({ kind }) => kind === 'text' || kind === 'glob'),
  );
  if (!known) return undefined;
  // With globbing off, bash leaves patterns as they are.
  return command.words
    .slice(1)
    .map(({ parts }) =>
      parts
        .map((part) => (part.kind === 'text' ? part.text : part.kind === 'glob' ? part.pattern : ''))
        .join(''),
    );
}
