import { deepEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { parseCommand } from '../../../src/policy/parse-command.js';
import { quoteCommand } from '../../../src/policy/quote-command.js';

const argvOf = (text: string) => {
  const parsed = parseCommand(text);
  return parsed.ok ? parsed.command.argv : `${parsed.offset}: ${parsed.reason}`;
};

describe('parseCommand', () => {
  const read: Record<string, string[]> = {
    'git status': ['git', 'status'],
    '  a \t b  ': ['a', 'b'],
    'a \'b c\' "d e"f': ['a', 'b c', 'd ef'],
    'a \'\' ""': ['a', '', ''],
    'a b\\ c \\$x \\\\': ['a', 'b c', '$x', '\\'],
    'a "\\"\\\\\\$\\`\\d"': ['a', '"\\$`\\d'],
    'a "x$" "y$|z" "$)"': ['a', 'x$', 'y$|z', '$)'],
    "a 'x;|&<>$(`*?[{~#!\ny'": ['a', 'x;|&<>$(`*?[{~#!\ny'],
    'a \\\n b c\\\nd "e\\\nf"': ['a', 'b', 'cd', 'ef'],
    'a b#c d~e HEAD~1 f!': ['a', 'b#c', 'd~e', 'HEAD~1', 'f!'],
    'find . ! -name x': ['find', '.', '!', '-name', 'x'],
    "a x=1 ''#b \\~": ['a', 'x=1', '#b', '~'],
    "'A'=b": ['A=b'],
    'A-b=c': ['A-b=c'],
    'a\u00a0b é': ['a\u00a0b', 'é'],
  };
  for (const [text, argv] of Object.entries(read)) {
    it(`reads ${JSON.stringify(text)}`, () => deepEqual(argvOf(text), argv));
  }

  const refused: Record<string, [number, RegExp]> = {
    '': [0, /empty/],
    ' \\\n ': [0, /empty/],
    'a | b': [2, /pipe/],
    'a && b': [2, /&/],
    'a;b': [1, /;/],
    'a 2>&1': [3, /redirection/],
    'a <b': [2, /redirection/],
    '(a)': [0, /subshell/],
    'a )': [2, /\)/],
    'a $b': [2, /expansion/],
    'a "x $b"': [5, /expansion/],
    'a "$(b)"': [3, /expansion/],
    "a $'b'": [2, /expansion/],
    'a foo$': [5, /expansion/],
    'a `b`': [2, /backtick/],
    'a "`b`"': [3, /backtick/],
    'a *.ts': [2, /glob.*search tool/],
    'a b?': [3, /glob/],
    'a [b]': [2, /glob/],
    'a {b,c}': [2, /brace/],
    'a ~/b': [2, /home/],
    'a --x=~/b': [6, /home/],
    'a #b': [2, /comment/],
    '! a': [0, /negation/],
    'a\nb': [1, /second line/],
    'a\rb': [1, /control/],
    'A=b c': [1, /assignment/],
    'A+=b c': [2, /assignment/],
    "a 'b": [2, /not closed/],
    'a "b': [2, /not closed/],
    'a \\': [2, /backslash/],
    "a 'b\0'": [4, /NUL/],
    'a "\0"': [3, /NUL/],
    'a \\\0': [3, /NUL/],
    'a \0': [2, /control/],
    'a \\\n#b': [4, /comment/],
  };
  for (const [text, [offset, reason]] of Object.entries(refused)) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      const parsed = parseCommand(text);
      ok(!parsed.ok);
      equal(parsed.offset, offset, parsed.reason);
      ok(reason.test(parsed.reason), parsed.reason);
    });
  }

  it('bounds characters and words', () => {
    ok(parseCommand('a '.repeat(1000)).ok);
    ok(!parseCommand('a '.repeat(1001)).ok);
    ok(parseCommand('a'.repeat(32_768)).ok);
    ok(!parseCommand('a'.repeat(32_769)).ok);
  });

  it('never throws', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...'ab \t\n\\\'"$`|&;<>(){}[]*?~#!=') }),
    );
    fc.assert(
      fc.property(text, (line) => {
        const parsed = parseCommand(line);
        if (!parsed.ok) ok(parsed.offset >= 0 && parsed.offset <= line.length && parsed.reason !== '');
      }),
      { numRuns: 5000 },
    );
  });

  it('refuses an operator outside quotes, wherever it stands', () => {
    const word = fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\0', ''));
    const operator = fc.constantFrom(...'|&;<>()$`*?[{\n');
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1 }),
        operator,
        fc.array(word),
        fc.boolean(),
        (before, bare, after, spaced) => {
          const gap = spaced ? ' ' : '';
          ok(!parseCommand(`${quoteCommand(before)}${gap}${bare}${gap}${quoteCommand(after)}`).ok);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('reads back what quoteCommand writes', () => {
    const word = fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0'));
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 20 }), (argv) => {
        deepEqual(argvOf(quoteCommand(argv)), argv);
      }),
      { numRuns: 2000 },
    );
  });

  it('takes time in proportion to the length', () => {
    for (const unit of ["'a'", '"a"', '\\a', 'a', '"\\', 'a=', "''", '\\\n', '-']) {
      const started = process.hrtime.bigint();
      for (let run = 0; run < 20; run += 1) parseCommand(`x ${unit.repeat(32_000 / unit.length)}`);
      const ms = Number(process.hrtime.bigint() - started) / 1e6;
      // Quadratic reading of 32,000 characters takes seconds; linear takes about a millisecond each.
      ok(ms < 2000, `${JSON.stringify(unit)}: ${ms} ms`);
    }
  });
});
