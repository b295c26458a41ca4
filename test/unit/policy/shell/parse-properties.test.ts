import { deepEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { maxScriptChars } from '../../../../src/policy/shell/limits.js';
import { parseScript } from '../../../../src/policy/shell/parse.js';
import { printScript } from '../../../../src/policy/shell/print.js';
import { scriptText, withoutOffsets } from './script-texts.js';

function checkTotal(text: string): void {
  const result = parseScript(text);
  if (result.ok) return;
  ok(result.offset >= 0 && result.offset <= text.length, `${result.offset} in ${JSON.stringify(text)}`);
  ok(result.construct !== '' && result.reason !== '');
}

describe('parseScript, for every text', () => {
  it('answers for arbitrary text', () => {
    const shellish = fc.string({
      unit: fc.constantFrom(...'a1 \t\n\'"\\$`{}()[]<>|&;#=*?!~-,.:\r\0\x01\ud800'),
      maxLength: 40,
    });
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), shellish), checkTotal), {
      numRuns: 20_000,
    });
  });

  it('answers for every beginning of a script and for scripts with a character changed', () => {
    const change = fc.tuple(scriptText, fc.nat(), fc.constantFrom(...'\'"\\$`{}()<>|&;#\n '));
    fc.assert(
      fc.property(change, ([text, place, char]) => {
        const at = place % text.length;
        checkTotal(text.slice(0, at));
        checkTotal(text.slice(0, at) + char + text.slice(at));
        checkTotal(text.slice(0, at) + text.slice(at + 1));
      }),
      { numRuns: 3000 },
    );
  });

  it('parses what it prints to the same script, and prints that the same', () => {
    let accepted = 0;
    fc.assert(
      fc.property(scriptText, (text) => {
        const result = parseScript(text);
        if (!result.ok) return;
        accepted += 1;
        const printed = printScript(result.script);
        equal(printed.includes('\n'), false, printed);
        const again = parseScript(printed);
        ok(again.ok, `${printed} from ${text}: ${again.ok ? '' : again.reason}`);
        deepEqual(withoutOffsets(again.script), withoutOffsets(result.script), printed);
        equal(printScript(again.script), printed);
      }),
      { numRuns: 5000 },
    );
    ok(accepted > 1000, `only ${accepted} scripts were in the subset`);
  });

  const repeated = [
    ...[
      '(',
      '{',
      '{ ',
      '$(',
      '"$(',
      '`',
      '\\',
      '\\`',
      "'",
      '"',
      '[',
      '[]',
      '[[:',
      '{a,b}',
      '{1..9}',
      '{,',
      ',',
      '..',
      '{a..',
    ],
    ...[
      '<<a\n',
      '<<a ',
      'a|',
      'a;',
      'a&&',
      '!',
      '$',
      '$a',
      '>a',
      '#',
      '\n',
      ' ',
      '\t',
      '\\\n',
      'if a;then ',
      'case a in a) ',
      'a""',
    ],
    ...[
      '$a[',
      ']',
      '*',
      '~',
      '=~',
      '""{a',
      '{"},',
      'case a in ',
      'a)',
      '<<-a\n\t',
      'cat <<a\n$(',
      '{a}',
      '$((',
      '[[ ',
      '[[ a && ',
      '[[ ( ',
      '[[ a == ',
      '! ',
      '[[ a ]];',
      `\${a:-`,
      `\${a:-b} `,
      `\${a%*`,
      `\${a%*[a]}`,
      `\${#a}`,
      `"\${a-$b`,
      '$((1+',
      '$((-(',
      '$((1?1:',
      '$((1)) ',
      '{}',
      'é',
    ],
  ];
  for (const unit of repeated) {
    it(`answers soon for ${JSON.stringify(unit)} over and over`, () => {
      const long = unit.repeat(Math.ceil(maxScriptChars / unit.length)).slice(0, maxScriptChars);
      const closing = ['', ']', '}', ',}', '"', '`', '\na\n'];
      const started = performance.now();
      for (const end of closing) checkTotal(long.slice(end.length) + end);
      for (const prefix of ['a ', 'cat <<a\n', 'a "', '{', '{1..256}'])
        checkTotal(prefix + long.slice(prefix.length));
      const ms = performance.now() - started;
      ok(ms < 1000, `${ms} ms for 12 texts`);
    });
  }
});
