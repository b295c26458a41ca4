import { deepEqual, equal, match } from 'node:assert/strict';
import { openScriptFixture, type ScriptFixture } from '../support/script-fixture.js';

describe('shell options', function () {
  this.timeout(30_000);
  let fixture: ScriptFixture;
  before(() => {
    fixture = openScriptFixture({});
  });
  after(() => fixture.dispose());

  /** Script, output, exit code. */
  const cases: [script: string, output: string, code: number][] = [
    ['set -e; echo a; false; echo b', 'a\n', 1],
    ['set -o errexit; (exit 4); echo b', '', 4],
    ['set -e; set +e; false; echo b', 'b\n', 0],
    ['set -e; if false; then :; fi; while false; do :; done; false || ! true || true; echo b', 'b\n', 0],
    ['set -e; { false; echo in; } && echo a; (false; echo in) || :; echo b', 'in\na\nin\nb\n', 0],
    ['set -e; ! { false; echo in; }; ! (false; echo in); echo b', 'in\nin\nb\n', 0],
    ['set -e; ( ! { false; echo in; } ); echo $?', '0\n', 0],
    ['set -e; echo $(false; echo in); x=$(false; echo in); echo $x', 'in\nin\n', 0],
    ['set -e; x=$(false); echo b', '', 1],
    ['if echo $(set -e; false; echo in); then echo t; fi; echo $(set -e; false; echo in)', 'in\nt\n\n', 0],
    ['set -e; for i in 1 2; do echo $i; false; done; echo b', '1\n', 1],
    ['set -e; false | true; echo b; true | false; echo c', 'b\n', 1],
    ['set -o pipefail; (exit 3) | (exit 4) | true; echo $?; ! false | true; echo $?', '4\n0\n', 0],
    ['set -euo pipefail; false | true; echo b', '', 1],
    ['(set -e; false; echo in); false; echo b', 'b\n', 0],
    ['set -e; { echo a; } < nofile; echo b', 'nofile: No such file or directory\n', 1],
    ['set -u; echo a; echo $x; echo b', 'a\nx: unbound variable\n', 127],
    ['set -eu; echo $x; echo b', 'x: unbound variable\n', 1],
    ['set -u; (echo $x; echo in); echo $?', 'x: unbound variable\n1\n', 0],
    ['set -u; y=$(echo $x; echo in); echo "$?$y"', 'x: unbound variable\n1\n', 0],
    ['set -u; x=; echo "[$x]"; set +u; echo "[$y]"', '[]\n[]\n', 0],
    ['set -u; if echo $x || true; then :; fi; echo b', 'x: unbound variable\n', 127],
    ['set -u; cat < $x; echo $?', 'x: unbound variable\n127\n', 0],
  ];
  for (const [script, output, code] of cases) {
    it(script, async () => {
      const result = await fixture.run(script);
      deepEqual([result.output, result.end.exitCode], [output, code]);
    });
  }

  for (const script of ['set -x', 'set -- a b', 'set a', 'set', 'set -o', 'set -o posix', 'x=-a; set $x']) {
    it(`stops at ${script}`, async () => {
      const { denied, output } = await fixture.run(`echo a; ${script}; echo never`);
      equal(output, 'a\n');
      equal(denied?.rule, 'set.argument');
      match(denied?.reason ?? '', /^set: /);
    });
  }
});
