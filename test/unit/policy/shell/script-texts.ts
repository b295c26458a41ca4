import fc from 'fast-check';
import type { Script } from '../../../../src/policy/shell/ast.js';
import { parseScript } from '../../../../src/policy/shell/parse.js';

/** A script without its offsets, which printing moves. */
export function withoutOffsets(script: Script): unknown {
  return JSON.parse(JSON.stringify(script, (key, value) => (key === 'offset' ? undefined : value)));
}

export function parsed(text: string): Script {
  const result = parseScript(text);
  if (!result.ok) throw new Error(`${JSON.stringify(text)} at ${result.offset}: ${result.reason}`);
  return result.script;
}

const atoms = [
  ...[
    'a',
    'b1',
    '-x',
    '--y=z',
    './p/q.ts',
    '0',
    '2',
    'if',
    'do',
    'done',
    'in',
    'esac',
    '}',
    '{',
    '{}',
    '!',
    '[',
    ']',
  ],
  ...[
    "''",
    '""',
    "'q r'",
    "'a\"b'",
    '"d e"',
    '"it\'s"',
    '"\\$x\\`\\\\\\"\\n"',
    "'l\nm'",
    '\\ ',
    '\\*',
    '\\{',
    '\\\\',
  ],
  ...[
    "$'a\\tb\\x41\\101\\u00e9\\'c'",
    '$',
    '"$"',
    'é',
    '😀',
    '#',
    'x#y',
    '%',
    '@',
    '^',
    '+',
    ',',
    '.',
    '..',
    ':',
    '=',
  ],
  ...[
    '{a,b}',
    '{a,{b,c}d}',
    '{1..4}',
    '{04..-1..2}',
    '{c..a}',
    '{a}',
    '{,x}',
    '{a..1}',
    '{...}',
    '{1..',
    'a{',
    '},b}',
    '{"a,b",c}',
  ],
  ...[
    'a~b',
    'x:~',
    '\\\n',
    'A=b',
    'A={a,b}',
    "{'x y',z}",
    '{a\\,b,c}',
    '{{',
    '}}',
    '"{a,b}"',
    '{$,b}',
    '\\~',
  ],
];
/** Words that are in the subset, whatever stands beside them. */
const plainWords = [
  'a',
  '-x',
  "'q r'",
  '"d e"',
  '{a,b}',
  '{1..3}',
  'x\\ y',
  "$'a\\tb'",
  '{}',
  'f.ts',
  '"it\'s"',
  'A=b',
  '}',
  'do',
  '$',
];
const expansions = [
  '$A',
  `\${A}`,
  '"$A"',
  `"\${A}b"`,
  '$?',
  '*',
  '?',
  '[a-z]',
  '[!x]*',
  '[[:digit:]]',
  '"x $A y"',
  '**',
  '$((1+2))',
  '"$(( A - -1 ))"',
  '$(( -A*(B%2) >= 3 && !$C || 1 ? (A) : - -1 ))',
  '"a $((A))b"',
  `\${#A}`,
  `\${A:-b 'c d'"$E f"$G}`,
  `"\${A-(b) *; $C}d"`,
  `\${A:+-x}`,
  `"x\${A+$B}"`,
  `\${A##*/}`,
  `"\${A%%[.-]*}"`,
  `\${A#"$B"'*'$C*}`,
  `\${A% *}`,
];

/** A word of quotes, escapes and braces alone: what it becomes is known from its text. */
export const literalWord = fc
  .array(fc.constantFrom(...atoms), { minLength: 1, maxLength: 4 })
  .map((of) => of.join(''));

/** Scripts over the whole subset; many are refused, and some of those by bash too. */
export const scriptText: fc.Arbitrary<string> = fc.letrec<{ script: string; command: string; word: string }>(
  (tie) => ({
    word: fc.oneof(
      { maxDepth: 2 },
      { arbitrary: fc.constantFrom(...plainWords, ...expansions), weight: 10 },
      { arbitrary: literalWord, weight: 1 },
      fc.tuple(fc.constantFrom(...expansions), fc.constantFrom(...plainWords)).map((of) => of.join('')),
      tie('script').map((inner) => `$(${inner})`),
      tie('script').map((inner) => `"$(${inner})"`),
      tie('script').map((inner) => `\`${inner.replace(/[\\`$]/g, '\\$&')}\``),
    ),
    command: fc.oneof(
      { maxDepth: 2 },
      fc
        .tuple(
          fc.constantFrom('', '', '', 'A=b ', 'A="$B" '),
          fc.array(tie('word'), { minLength: 1, maxLength: 4 }).map((words) => `cmd ${words.join(' ')}`),
          fc.constantFrom(
            '',
            '',
            ' >f',
            ' 2>&1',
            ' 2> /dev/null',
            ' <in >>out',
            ' &>f',
            ' <<<"x y"',
            '>f',
            '2>f',
            ' >|f',
          ),
        )
        .map((of) => of.join('')),
      fc
        .tuple(
          fc.constantFrom("'EOF'", 'EOF', '\\EOF'),
          fc.constantFrom('x', '$A \\$B `c`', "it's {a,b}", '\\\\', 'a\\\nb'),
        )
        .map(([delimiter, body]) => `{ cat <<${delimiter} | b\n${body}\nEOF\n}`),
      fc
        .tuple(
          tie('word'),
          tie('word'),
          fc.constantFrom('==', '=', '!=', '-eq', '=~', '&& -f', '|| ! -z', ') && (', '&& ! ('),
        )
        .map(([left, right, operator]) => `[[ ${left} ${operator} ${right} ]]`),
      fc
        .tuple(tie('word'), fc.constantFrom('-f', '-n', '! -d', '$A -lt', '-v', '( ! -x', ''))
        .map(([word, operator]) => `[[ ${operator} ${word}${operator.startsWith('(') ? ' )' : ''} ]]`),
      tie('script').map((body) => `( ${body} )`),
      tie('script').map((body) => `{ ${body}; } >f`),
      fc.tuple(tie('word'), tie('script')).map(([word, body]) => `for i in ${word}; do ${body}; done`),
      fc.tuple(tie('script'), tie('script')).map(([test, body]) => `while ${test}; do ${body}\ndone`),
      fc
        .tuple(tie('script'), tie('script'))
        .map(([test, body]) => `if ${test}; then ${body}; else ${body}; fi`),
      fc
        .tuple(tie('word'), tie('script'))
        .map(([word, body]) => `case ${word} in a|b*) ${body};; (*) ;; esac`),
    ),
    script: fc
      .array(
        fc.tuple(
          fc.constantFrom('', '', '! '),
          tie('command'),
          fc.constantFrom(' | ', '|& ', ' && ', ' || \n', '; ', '\n', ' # c\n'),
        ),
        { minLength: 1, maxLength: 3 },
      )
      .map((of) =>
        of
          .map(([negation, command, end], index) => negation + command + (index === of.length - 1 ? '' : end))
          .join(''),
      ),
  }),
).script;
