import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { assignFields, removeEscapes } from '../../../../src/guest/tool-proxy/shell/split-line.js';
import { parsePolicy } from '../../../../src/policy/policy.js';
import { openScriptFixture, type ScriptFixture } from '../support/script-fixture.js';

describe('builtin read', function () {
  this.timeout(30_000);
  let fixture: ScriptFixture;
  before(() => {
    fixture = openScriptFixture({ lines: '  a  b\\\nc d\nlast', list: 'lines\n../outside.txt\n' });
  });
  after(() => fixture.dispose());

  /** Script and its output. */
  const cases: [script: string, output: string][] = [
    ['read x y < lines; echo "$?[$x][$y]"', '0[a][bc d]\n'],
    ['while read -r x y; do echo "[$x][$y]"; done < lines; echo "$x"', '[a][b\\]\n[c][d]\nlast\n'],
    ['while IFS= read -r x; do echo "[$x]"; done < lines', '[  a  b\\]\n[c d]\n'],
    ['x=1; read x < /dev/null; echo "$?[$x]"', '1[]\n'],
    ['read; echo "$?$REPLY"', '1\n'],
    ['printf "  q \\n" | { read; echo "[$REPLY]"; }', '[  q ]\n'],
    ['IFS=: read -r a b <<< x:y:z; echo $a $b; v="p q"; echo $v', 'x y:z\np q\n'],
    ["printf 'a\\0b c\\0' | while IFS= read -r -d '' x; do echo \"<$x>\"; done", '<a>\n<b c>\n'],
    ['seq 3 | { read a; read b; echo "$a$b"; cat; }', '12\n3\n'],
    ['{ read a; cat; } < list', '../outside.txt\n'],
    ['seq 2 | while read x; do echo $x; done; echo "[$x]"', '1\n2\n[]\n'],
    ['{ echo a; sleep 0.1; echo b; } | while read x; do echo "<$x>"; done', '<a>\n<b>\n'],
    ["sh -c 'printf a; sleep 0.1; echo b' | { read x; echo $x; }", 'ab\n'],
    ['{ read x <&1; echo "$?" >&2; } 2>&1 | cat', 'read: read error: 0: Bad file descriptor\n1\n'],
  ];
  for (const [script, output] of cases) {
    it(script, async () => {
      equal((await fixture.run(script)).output, output);
    });
  }

  it('lets other calls run while it waits, and ends with its script', async () => {
    const stop = new AbortController();
    const waiting = fixture.run('sleep 20 | { read x; echo never; }', { signal: stop.signal });
    equal((await fixture.run('echo other')).output, 'other\n');
    const started = performance.now();
    stop.abort();
    const { end, output } = await waiting;
    deepEqual([end.reason, output], ['cancelled', '']);
    ok(performance.now() - started < 5_000);
  });

  it('obeys the time-out of its script', async () => {
    const { end } = await fixture.run('sleep 20 | { read x; echo never; }', { timeoutMs: 300 });
    equal(end.reason, 'timeout');
  });

  it('keeps the event loop free over a long input', async () => {
    let turns = 0;
    const reading = fixture.run('seq 60000 | while read x; do :; done');
    let done = false;
    const ticking = (async () => {
      for (; !done; turns += 1) await delay(5);
    })();
    const { end } = await reading;
    done = true;
    await ticking;
    ok(turns >= end.durationMs / 100, `${turns} turns in ${end.durationMs} ms`);
  });

  it('bounds a line', async () => {
    const { output, end } = await fixture.run('yes aaaaaaa | tr -d "\\n" | { read x; echo never; }');
    match(output, /the script was stopped: read met a line of more than 1048576 bytes/);
    equal(end.exitCode, 1);
  });

  it('takes no bytes that a text cannot hold', async () => {
    const { output, end } = await fixture.run("printf 'a\\nb\\377\\n' | while read x; do echo $x; done");
    match(output, /^a\n\n\[airlock: the script was stopped: read met a line that is no UTF-8 text/);
    equal(end.exitCode, 1);
  });

  for (const args of [
    'PATH',
    '-r x LD_PRELOAD',
    'IFS',
    '-a x',
    '-p q x',
    '-n 1 x',
    '-t 1 x',
    '-u 3 x',
    "'a[0]'",
  ]) {
    it(`stops at read ${args}`, async () => {
      const { denied, output } = await fixture.run(`echo a; read ${args} < lines; echo never`);
      equal(output, 'a\n');
      equal(denied?.rule, 'read.argument');
    });
  }

  it('has programs judged by what was read', async () => {
    const policy = parsePolicy({
      version: 1,
      name: 'narrow',
      files: { read: {}, write: { allowed: false } },
      commands: { cat: {} },
    });
    const { denied, output } = await fixture.run(
      'while read -r f; do cat "$f"; echo; done < list; echo never',
      { policy },
    );
    equal(output, '  a  b\\\nc d\nlast\n');
    match(denied?.reason ?? '', /outside\.txt" leaves the workspace/);
  });
});

describe('the fields of a line', () => {
  /** IFS, line, whether raw, what three names get. */
  const cases: [separators: string, line: string, raw: boolean, values: string[]][] = [
    [' \t\n', '  a  b  c d \t', false, ['a', 'b', 'c d']],
    [' \t\n', 'a b\\ ', false, ['a', 'b ', '']],
    [' \t\n', 'a b c d \\ ', false, ['a', 'b', 'c d']],
    [' \t\n', 'a\\ b\\', true, ['a\\', 'b\\', '']],
    [' \t\n', 'x\\', false, ['x', '', '']],
    ['', ' a b ', false, [' a b ', '', '']],
    [':', 'a:b:c:', false, ['a', 'b', 'c']],
    [':', 'a:b:c::', false, ['a', 'b', 'c::']],
    [':', ':a::b', false, ['', 'a', ':b']],
    [':', 'a\\:b:c:d', false, ['a:b', 'c', 'd']],
    [': ', 'a : : b  : c :  ', false, ['a', '', 'b  : c :']],
    [': ', 'a b c d : ', false, ['a', 'b', 'c d :']],
  ];
  for (const [separators, line, raw, values] of cases) {
    it(`${JSON.stringify(line)} at ${JSON.stringify(separators)}`, () => {
      const fields = assignFields(removeEscapes(line, raw), ['p', 'q', 'r'], separators);
      deepEqual(
        fields.map(([, value]) => value),
        values,
      );
    });
  }
});
