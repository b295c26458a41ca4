import { deepEqual, equal, match } from 'node:assert/strict';
import { planCall } from '../../../../src/policy/evaluate.js';
import { loadPreset } from '../../../../src/policy/presets/index.js';
import { parseRead } from '../../../../src/policy/shell/read-arguments.js';
import { parseSet } from '../../../../src/policy/shell/shell-options.js';

const decide = (command: string) =>
  planCall(loadPreset('developer'), { tool: 'run_command', input: { command, cwd: '' } }).decision;

describe('set and read before anything runs', () => {
  it('tells what set switches', () => {
    const all = { errexit: true, nounset: true, pipefail: true };
    deepEqual(parseSet(['-euo', 'pipefail']), all);
    deepEqual(parseSet(['-Eeuo', 'pipefail']), all);
    deepEqual(parseSet(['-o', 'errexit', '-u', '-o', 'pipefail']), all);
    deepEqual(parseSet(['-oe', 'pipefail', '+u']), { errexit: true, nounset: false, pipefail: true });
    deepEqual(parseSet(['+o', 'nounset']), { nounset: false });
    for (const args of [[], ['a'], ['--'], ['-'], ['-e', 'a'], ['-e', '--', 'a']])
      equal(typeof parseSet(args), 'string');
    for (const args of [['-x'], ['-ea'], ['-o'], ['-o', 'posix'], ['-eo'], ['+B']])
      equal(typeof parseSet(args), 'string');
  });

  it('tells what read is asked for', () => {
    deepEqual(parseRead(['-r', 'a', 'b']), { raw: true, delimiter: 10, names: ['a', 'b'] });
    deepEqual(parseRead(['-r', '-d', '', 'a']), { raw: true, delimiter: 0, names: ['a'] });
    deepEqual(parseRead(['-rd,', '--', 'a']), { raw: true, delimiter: 44, names: ['a'] });
    deepEqual(parseRead([]), { raw: false, delimiter: 10, names: [] });
    deepEqual(parseRead(['REPLY', '_']), { raw: false, delimiter: 10, names: ['REPLY', '_'] });
    for (const args of [['PATH'], ['a', 'IFS'], ['1a'], ['a[0]'], [''], ['a', '-r'], ['-'], ['-x', 'a']])
      equal(typeof parseRead(args), 'string', args.join(' '));
    for (const args of [['-d'], ['-d', 'ab', 'a'], ['-d', 'é', 'a'], ['-d', '\\', 'a'], ['-rn1', 'a']])
      equal(typeof parseRead(args), 'string', args.join(' '));
  });

  const denied: [command: string, rule: string, reason: RegExp][] = [
    ['set -x; ls', 'set.argument', /only -e, -u and -o/],
    ['set -- a; ls', 'set.argument', /positional parameters are not supported/],
    ['set -e $(cat f); ls', 'set.argument', /plain words/],
    ['CI=1 set -e; ls', 'set.argument', /a variable cannot be set/],
    ['read -r PATH < f', 'read.argument', /PATH steers programs/],
    ['n=x; read $n < f', 'read.argument', /plain words/],
    ['IFS=$(pwd) read x < f', 'read.argument', /only IFS/],
    ['LANG=C read x < f', 'read.argument', /only IFS/],
    ['IFS=: ls', 'command.assignment', /IFS/],
    ['read x < f; $x', 'command.program', /only be known when it runs/],
    ['echo $REPLY', 'command.variable', /REPLY/],
  ];
  for (const [command, rule, reason] of denied) {
    it(`denies ${command}`, () => {
      const decision = decide(command);
      equal(decision.decision, 'deny');
      equal(decision.rule, rule);
      match(decision.reason, reason);
    });
  }

  for (const command of [
    'set -euo pipefail; read -r x < f; echo "$x"',
    'IFS=: read a b < f; cat "$a" "$b"',
    'read < f; echo "$REPLY"',
    'git ls-files | while IFS= read -r f; do cat "$f"; done',
    'echo a b | while read x y; do cat "$x"; done',
  ])
    it(`allows ${command}`, () => equal(decide(command).decision, 'allow'));

  for (const command of [
    'echo /etc/passwd | while read f; do cat "$f"; done',
    'echo a | cat | { read f; cat "/$f"; }',
    'echo b:/etc/passwd | while IFS=: read -r x y; do cat "$y"; done',
    "echo '/e\\tc/passwd' | (read f; cat $f)",
    'while read f; do if true; then cat "$f"; fi; done <<E\na\n/etc/passwd\nE',
    'cat <<< /etc/passwd | while read f; do cat "$f"; done',
    'read f <<< /etc/passwd && cat "$f"',
  ])
    it(`follows what a read is fed: ${JSON.stringify(command)}`, () =>
      equal(decide(command).rule, 'cat.path'));
});
