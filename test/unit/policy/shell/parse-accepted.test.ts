import { deepEqual, equal } from 'node:assert/strict';
import type { Command, Redirect, Simple, Word } from '../../../../src/policy/shell/ast.js';
import { printScript } from '../../../../src/policy/shell/print.js';
import { parsed } from './script-texts.js';

const text = (of: string) => ({ kind: 'text', text: of, quoted: false });
const quoted = (of: string) => ({ kind: 'text', text: of, quoted: true });
const glob = (pattern: string) => ({ kind: 'glob', pattern });
const variable = (name: string, offset: number, isQuoted = false) => ({
  kind: 'variable',
  name,
  quoted: isQuoted,
  offset,
});

function commandOf(script: string): Command {
  const command = parsed(script).statements[0]?.first.commands[0];
  if (command === undefined) throw new Error('no command');
  return command;
}

function simpleOf(script: string): Simple {
  const command = commandOf(script);
  if (command.kind !== 'simple') throw new Error(command.kind);
  return command;
}

const partsOf = (words: readonly Word[]) => words.map(({ parts }) => parts);

describe('parseScript reads words', () => {
  const parameters = `a \${#B}\${C:-d 'e'$F}"\${G%%.*}"`;
  const words: Record<string, unknown[][]> = {
    'a b': [[text('a')], [text('b')]],
    'a \'\' ""': [[text('a')], [quoted('')], [quoted('')]],
    'a "b"\'c\'d': [[text('a')], [quoted('bc'), text('d')]],
    'a \\*b\\😀': [[text('a')], [quoted('*'), text('b'), quoted('😀')]],
    'a b\\\nc': [[text('a')], [text('bc')]],
    'a "b\\\nc\\d\\$"': [[text('a')], [quoted('bc\\d$')]],
    "a $'\\n\\x41\\102\\u00e9\\''": [[text('a')], [quoted("\nABé'")]],
    'a "$\'b\'"': [[text('a')], [quoted("$'b'")]],
    'a $B"$C"${D}e$?': [
      [text('a')],
      [variable('B', 2), variable('C', 5, true), variable('D', 8), text('e'), variable('?', 13)],
    ],
    [parameters]: [
      [text('a')],
      [
        { kind: 'parameter', name: 'B', operator: 'length', word: [], quoted: false, offset: 2 },
        {
          kind: 'parameter',
          name: 'C',
          operator: ':-',
          word: [text('d '), quoted('e'), variable('F', 17)],
          quoted: false,
          offset: 7,
        },
        {
          kind: 'parameter',
          name: 'G',
          operator: '%%',
          word: [text('.'), glob('*')],
          quoted: true,
          offset: 21,
        },
      ],
    ],
    'a "$((B-1*$C))"': [
      [text('a')],
      [
        {
          kind: 'arithmetic',
          expression: {
            kind: 'binary',
            operator: '-',
            left: { kind: 'name', name: 'B', dollar: false, offset: 6 },
            right: {
              kind: 'binary',
              operator: '*',
              left: { kind: 'number', digits: '1' },
              right: { kind: 'name', name: 'C', dollar: true, offset: 10 },
            },
          },
          quoted: true,
          offset: 3,
        },
      ],
    ],
    'a foo$ $ "$" $, $é': [
      [text('a')],
      [text('foo$')],
      [text('$')],
      [quoted('$')],
      [text('$,')],
      [text('$é')],
    ],
    '[ -f x ]': [[text('[')], [text('-f')], [text('x')], [text(']')]],
    'a *.[ch]?[!a] [[:alpha:]x] []a]': [
      [text('a')],
      [glob('*'), text('.'), glob('[ch]'), glob('?'), glob('[!a]')],
      [glob('[[:alpha:]x]')],
      [glob('[]a]')],
    ],
    'a [ [b [] [!] x[y* "[b]" [["b"': [
      ...[[text('a')], [text('[')], [text('[b')], [text('[]')], [text('[!]')], [text('x[y'), glob('*')]],
      ...[[quoted('[b]')], [text('[['), quoted('b')]],
    ],
    'a {b,c}d {1..3} {} {e} {f': [
      ...[[text('a')], [text('bd')], [text('cd')], [text('1')], [text('2')], [text('3')]],
      ...[[text('{}')], [text('{e}')], [text('{f')]],
    ],
    'a {,b}': [[text('a')], [text('b')]],
    'a {if,B=c,"$D"}*': [
      [text('a')],
      [quoted('if'), glob('*')],
      [quoted('B=c'), glob('*')],
      [variable('D', 11, true), glob('*')],
    ],
    'a {[,x}b]': [[text('a')], [glob('[b]')], [quoted('xb]')]],
    'a #b': [[text('a')]],
    'a b#c ""#d': [[text('a')], [text('b#c')], [quoted(''), text('#d')]],
    'a b~ x:~ --y=~ ""~': [
      [text('a')],
      [text('b~')],
      [text('x:~')],
      [text('--y=~')],
      [quoted(''), text('~')],
    ],
    'a } do in ! {': [[text('a')], [text('}')], [text('do')], [text('in')], [text('!')], [text('{')]],
    'A=b if': [[text('if')]],
    "'if' a": [[quoted('if')], [text('a')]],
    '!a !!': [[text('!a')], [text('!!')]],
    'a B=c 2 ]]': [[text('a')], [text('B=c')], [text('2')], [text(']]')]],
    'a\u00a0b': [[text('a\u00a0b')]],
  };
  for (const [script, parts] of Object.entries(words)) {
    it(JSON.stringify(script), () => deepEqual(partsOf(simpleOf(script).words), parts));
  }

  it('assignments before the name, their values as one text', () => {
    const { assignments, words: after } = simpleOf('A= B={b,c}* C="$D" e F=g');
    deepEqual(assignments, [
      { name: 'A', value: { parts: [], offset: 2 }, offset: 0 },
      { name: 'B', value: { parts: [text('{b,c}*')], offset: 5 }, offset: 3 },
      { name: 'C', value: { parts: [variable('D', 15, true)], offset: 14 }, offset: 12 },
    ]);
    deepEqual(partsOf(after), [[text('e')], [text('F=g')]]);
  });
});

describe('parseScript reads redirections', () => {
  const at = (of: string) => ({ parts: [text(of)] });
  const file = (fd: number, mode: string, target: string, both = false) => ({
    ...{ kind: 'file', fd, mode, both, target: at(target) },
  });
  const given = (fd: number, ...parts: unknown[]) => ({ kind: 'text', fd, text: { parts } });
  const redirects: Record<string, unknown[]> = {
    'a <b >c': [file(0, 'read', 'b'), file(1, 'write', 'c')],
    'a 2>>b 1>|c': [file(2, 'append', 'b'), file(1, 'write', 'c')],
    'a &>b': [file(1, 'write', 'b', true)],
    'a &>>b': [file(1, 'append', 'b', true)],
    'a 2>&1 >& 2 0<&1': [
      { kind: 'duplicate', fd: 2, from: 1 },
      { kind: 'duplicate', fd: 1, from: 2 },
      { kind: 'duplicate', fd: 0, from: 1 },
    ],
    'a 2 >b': [file(1, 'write', 'b')],
    '>a': [file(1, 'write', 'a')],
    'a |& b': [{ kind: 'duplicate', fd: 2, from: 1 }],
    'a <<<b': [given(0, text('b'), quoted('\n'))],
    'a <<<"b $C"': [given(0, quoted('b '), variable('C', 0, true), quoted('\n'))],
    "a <<'E'\n$B `c` \\$\n\\\nE\n": [given(0, quoted('$B `c` \\$\n\\\n'))],
    'a <<E\nb "$C" \\$ \\x \\\\ \\\nd\nE': [
      given(0, quoted('b "'), variable('C', 0, true), quoted('" $ \\x \\ d\n')),
    ],
    'a <<-E\n\tb\n\t\tc\n\tE\n': [given(0, quoted('b\nc\n'))],
    'a <<E\nE\n': [file(0, 'read', '/dev/null')],
    'a <<E 2<<"F"\nb\nE\nc\nF\n': [given(0, quoted('b\n')), given(2, quoted('c\n'))],
    'a <<\\E\nE \n EE\nE\n': [given(0, quoted('E \n EE\n'))],
  };
  for (const [script, expected] of Object.entries(redirects)) {
    it(JSON.stringify(script), () => {
      const found: readonly Redirect[] = simpleOf(script).redirects;
      const plain = (value: unknown) =>
        JSON.stringify(value, (key, inner) => (key === 'offset' ? undefined : inner), 1);
      equal(plain(found), plain(expected));
    });
  }

  it('gives places in heredocs and backticks as in the whole text', () => {
    const script = 'a <<-E\n\tx $B\n\ty \\\nz $C\nE\nd `e \\`f $G\\``';
    const json = JSON.stringify(parsed(script));
    for (const name of ['B', 'C', 'G']) {
      equal(
        json.includes(`"name":"${name}","quoted":${name !== 'G'},"offset":${script.indexOf(`$${name}`)}}`),
        true,
        name,
      );
    }
  });
});

/** What is read, as it is printed. */
describe('printScript', () => {
  const printed: Record<string, string> = {
    'a|b&&c||d;e\nf': 'a | b && c || d; e; f',
    'a |\n b &&\n\n c': 'a | b && c',
    '! a | b': '! a | b',
    'a # b\n# c\nd': 'a; d',
    '( cd a;b )>c': '( cd a; b ) >c',
    '{ a;}': '{ a; }',
    '{ (a) }': '{ ( a ); }',
    'for x\nin a *.b\ndo\nc $x\ndone': 'for x in a *.b; do c $x; done',
    'for x in; do a; done': 'for x in; do a; done',
    'while a;do b;done <c': 'while a; do b; done <c',
    'until a\ndo b\ndone 2>&1 | c': 'until a; do b; done 2>&1 | c',
    'if a\nthen b\nelif c\nthen d\nelse e\nfi': 'if a; then b; elif c; then d; else e; fi',
    'if (a) then b; fi': 'if ( a ); then b; fi',
    'case $A in (b|c*) d;; e) ;;\n*) f\nesac': 'case $A in b | c*) d ;; e) ;; *) f ;; esac',
    'case a in esac': 'case a in esac',
    'a `b \\`c\\`` "$(d "e")"': `a $(b $(c)) "$(d 'e')"`,
    'a "`b \\"c d\\"`"': `a "$(b 'c d')"`,
    'a $( (b) )': 'a $( ( b ))',
    "a 'it'\\''s' 'b\"c' '$x'": "a \"it's\" 'b\"c' '$x'",
    'a "b\nc" "\u202e"': "a $'b\\nc' $'\\u202e'",
    'a "b${C}d\\$"': `a "b\${C}d\\$"`,
    "git commit -m \"$(cat <<'E'\nit's\n\n(b)\nE\n)\"": `git commit -m "$(cat <<<$'it\\'s\\n\\n(b)')"`,
    'a |& b 2>/dev/null': 'a 2>&1 | b 2>/dev/null',
    'find . -exec a {} \\; -o ! -name "*.b"': "find . -exec a {} ';' -o ! -name '*.b'",
  };
  for (const [script, expected] of Object.entries(printed)) {
    it(JSON.stringify(script), () => equal(printScript(parsed(script)), expected));
  }
});

describe('parseScript reads tests', () => {
  const word = (...parts: unknown[]) => ({ parts });
  const file = (operator: string, ...parts: unknown[]) => ({
    kind: 'file',
    operator,
    operand: word(...parts),
  });
  const plain = (operator: string, ...parts: unknown[]) => ({
    kind: 'text',
    operator,
    operand: word(...parts),
  });
  const conditions: Record<string, unknown> = {
    '[[ -f a ]]': file('-f', text('a')),
    '[[ a ]]': plain('-n', text('a')),
    '[[ "-f" ]]': plain('-n', quoted('-f')),
    '[[ -z $B ]]': plain('-z', variable('B', 0)),
    '[[ -e *.c ]]': file('-e', text('*.c')),
    '[[ {a,b} != "*"*.c ]]': {
      kind: 'match',
      negated: true,
      left: word(text('{a,b}')),
      pattern: word(quoted('*'), glob('*'), text('.c')),
    },
    '[[ a = b||! -d c&&(d) ]]': {
      kind: 'or',
      conditions: [
        { kind: 'match', negated: false, left: word(text('a')), pattern: word(text('b')) },
        {
          kind: 'and',
          conditions: [
            { kind: 'not', inner: file('-d', text('c')) },
            { kind: 'group', inner: plain('-n', text('d')) },
          ],
        },
      ],
    },
    '[[ $B -ge -3 ]]': {
      kind: 'compare',
      operator: '-ge',
      left: word(variable('B', 0)),
      right: word(text('-3')),
    },
  };
  for (const [script, condition] of Object.entries(conditions)) {
    it(script, () => {
      const command = commandOf(script);
      const found = command.kind === 'test' ? command.condition : command;
      deepEqual(withZeroOffsets(found), withZeroOffsets(condition));
      deepEqual(withZeroOffsets(commandOf(printScript(parsed(script)))), withZeroOffsets(command));
    });
  }
});

/** Offsets left out where the test does not look at them. */
function withZeroOffsets(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, inner) => (key === 'offset' ? undefined : inner)));
}
