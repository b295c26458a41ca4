import { deepEqual, equal, match } from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { checkSedScript } from '../../../../src/policy/scripts/check-sed-script.js';

const allowed = [
  'p',
  '1,20p',
  '$!N;P;D',
  '1!G;h;$!d',
  's/a/b/g',
  's;x;y;',
  's/a/b/gp2',
  's,/usr,/opt,Ig',
  's/[/]/x/',
  's/[^/]*$//',
  's/a\\/b/c/',
  's/a/b\\\nc/',
  '/a[/]b/d',
  '\\,a/b,I!d',
  '0,/x/{s/x/y/}',
  '2~3p;1,+2d;5,~4d',
  'y/[/]/;p',
  'y/e/w/',
  ':a;N;$!ba;s/\\n/ /g',
  '/x/{p;d}',
  '/x/ba\n:a',
  'a some text; w not a command',
  'a\\\nfirst line\\\nw second line',
  '$!{\na text }\n}',
  'i\\  indented',
  '# w comment\np',
  'q5',
  '',
];

const refused = [
  'e',
  'e id',
  '1e',
  '1e id',
  '$e',
  '/x/e id',
  'p;e',
  'p\ne',
  '{e}',
  '1!e',
  's/a/b/e',
  's;x;y;e',
  's;x;y;ge',
  's/x/id/pe',
  's/x/y/ e',
  's/x/y/w out',
  's/x/y/gw out',
  'w out',
  'W out',
  'r /etc/passwd',
  'R /etc/passwd',
  '$!{p;w out\n}',
  '/a[/]b/w out',
  's/[/]/x/w out',
  '\\,[,],w out',
  's/\\[/x/e',
  's/[]/]/x/e',
  's/[[:alpha:]/]/x/e',
  'y/a/b/;e',
  'y/[/]/;e',
  'a text\nw out',
  'a\\\ntext\nw out',
  'a\\\\\nw out',
  'a\\  \nw out',
  'a\\',
  'a text\\',
  'i\\\ntext\\\n\\\\\nw out',
  '# comment\\\ne',
  ':a}#;w out',
  'ba}#;w out',
  'b#\nw out',
  's a b e',
  'sxaxbxe',
  's/a/b',
  's/a\nb/c/',
  '1!!p',
  '1,p',
  'v',
  'L',
  'p p',
  '\\\na\np',
  'p\0',
];

describe('the check of sed scripts', () => {
  for (const script of allowed) {
    it(`allows ${JSON.stringify(script)}`, () => equal(checkSedScript(script), undefined));
  }

  for (const script of refused) {
    it(`refuses ${JSON.stringify(script)}`, () => match(checkSedScript(script) ?? '', /./));
  }

  it('refuses what is too long', () => match(checkSedScript('p;'.repeat(20_000)) ?? '', /longer/));

  it('reads a hostile script of the greatest length at once', () => {
    const start = performance.now();
    for (const part of ['[', '[[:', '/[', 's/[/]/', '\\', 'a\\', '{', 'b}', '1,', '/x/'])
      checkSedScript(part.repeat(20_000 / part.length));
    equal(performance.now() - start < 2000, true);
  });

  it('refuses whatever sed itself calls unsafe', function () {
    this.timeout(120_000);
    const atoms = fc.constantFrom(
      ...[
        's',
        'y',
        '/',
        '/',
        '/',
        '[',
        ']',
        '[^',
        '[:a:]',
        '\\',
        '\\/',
        '\\[',
        '\\]',
        '|',
        ',',
        's/a/b/',
        '/x/',
      ],
      ...[
        '\n',
        ';',
        '{',
        '}',
        'a',
        'a\\',
        'a\\\n',
        'i ',
        'c',
        'e',
        'w out',
        'r x',
        '1',
        '2,3',
        '$',
        '!',
        ' ',
        '+2',
      ],
      ...[
        '0,',
        'I',
        'M',
        'g',
        'p',
        'd',
        'q',
        'b',
        'b x',
        ':x',
        't',
        '#',
        'x',
        '&',
        'l',
        '=',
        'N',
        '\t',
        '$!',
      ],
    );
    const scripts = fc.array(atoms, { minLength: 1, maxLength: 12 }).map((parts) => parts.join(''));
    const sample = fc.sample(scripts, 40_000).filter((script) => /[erRwW]/.test(script));
    const passed = sample.filter((script) => checkSedScript(script) === undefined).slice(0, 400);
    equal(passed.length, 400);
    const unsafe = passed.filter((script) => {
      const { stderr, error } = spawnSync('sed', ['--sandbox', '-n', '--', script], {
        input: '',
        encoding: 'utf8',
      });
      if (error) throw new Error('GNU sed must be installed', { cause: error });
      return stderr.includes('sandbox mode');
    });
    deepEqual(unsafe, []);
  });
});
