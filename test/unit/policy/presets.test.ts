import { deepEqual, equal, ok } from 'node:assert/strict';
import { planCall } from '../../../src/policy/evaluate.js';
import { loadPreset, presetNames } from '../../../src/policy/presets/index.js';
import { toolTables } from '../../../src/policy/tools/index.js';

const developer = loadPreset('developer');
const readOnly = loadPreset('read-only');
const unrestricted = loadPreset('unrestricted-in-sandbox');

const run = (policy: typeof developer, command: string) =>
  planCall(policy, { tool: 'run_command', input: { command, cwd: '' } });

describe('presets', () => {
  const outsiders = [
    ...[
      'sh -c ls',
      'sh x',
      'env sh',
      'xargs sh',
      'xargs ./x.sh',
      'xargs cp a .git/config',
      'timeout 5 xargs cat',
      'nice xargs cat',
      'xargs xargs cat',
      'xargs -p cat',
      'node_modules/.bin/xargs cat',
      'curl x',
      '/bin/ls',
      "''",
      '__proto__ x',
      'constructor',
      'sudo ls',
    ],
    ...[
      'eval ls',
      'ls | sh',
      'ls; sh',
      'ls && sh',
      'ls $(sh)',
      'ls `sh`',
      'X=sh; $X',
      '$(echo sh)',
      'ls > /etc/x',
    ],
    ...[
      'ls < /etc/passwd',
      'PATH=/tmp ls',
      'LD_PRELOAD=./x ls',
      'ls &',
      'find . -exec sh {} +',
      'timeout 5 sh',
    ],
    ...[
      'cd /etc',
      'cd / && ls',
      'X=/etc; cat $X/passwd',
      'cat $(echo /etc/passwd)',
      'for f in /etc/*; do cat $f; done',
    ],
  ];
  for (const line of outsiders) {
    it(`keeps out ${line}`, () => equal(run(developer, line).decision.decision, 'deny'));
  }

  const ordinary = [
    ...[
      'cd src && npm test',
      'npm test 2>&1 | tail -20',
      'for f in src/*.ts; do wc -l "$f"; done',
      'ls || true',
    ],
    ...['X=src; ls $X', 'wc -l $(git ls-files)', 'if [ -f a ]; then cat a; fi', 'cat > a.txt <<EOF\nx\nEOF'],
    ...['NODE_ENV=test npm test', '(cd src; ls)', 'ls *.ts', 'echo "a b" >> log.txt', 'timeout 60 npm test'],
  ];
  for (const line of ordinary) {
    it(`allows ${line}`, () =>
      equal(run(developer, line).decision.decision, 'allow', run(developer, line).decision.reason));
  }

  it('read-only lists only tools that start no program, and interpreters that tell their version', () => {
    const starters = Object.keys(readOnly.commands).filter(
      (name) => toolTables[name]?.startsPrograms === true,
    );
    for (const name of starters) {
      for (const words of ['', ' a', ' test', ' --version a', ' -c x', ' -e x', ' a --version'])
        equal(run(readOnly, `${name}${words}`).decision.decision, 'deny', `${name}${words}`);
    }
    deepEqual(starters.sort(), ['go', 'node', 'npm', 'python', 'python3']);
    for (const name of Object.keys(readOnly.commands)) ok(Object.hasOwn(toolTables, name), name);
    equal(planCall(readOnly, { tool: 'write_file', input: { path: 'a' } }).decision.rule, 'file.write');
    equal(planCall(readOnly, { tool: 'edit_file', input: { path: 'a' } }).decision.rule, 'file.write');
  });

  it('developer asks before a program of the workspace runs', () => {
    equal(run(developer, './build.sh').decision.decision, 'ask');
    equal(run(readOnly, './build.sh').decision.decision, 'deny');
  });

  it('takes a file of the workspace for a listed tool only where programs of the workspace may run', () => {
    for (const line of ['node_modules/.bin/cat a', './node_modules/.bin/git status', '.venv/bin/ls'])
      equal(run(readOnly, line).decision.rule, 'command.program', line);
    equal(run(developer, 'node_modules/.bin/tsc --noEmit').decision.decision, 'allow');
    const reading = { ...readOnly, commands: { ...readOnly.commands, ...developer.commands } };
    equal(run(reading, 'node_modules/.bin/eslint src').decision.decision, 'allow');
  });

  it('unrestricted allows any program and says what the boundary is', () => {
    const plan = run(unrestricted, '/bin/dd if=/dev/zero');
    ok(plan.decision.reason.includes('the container alone is the boundary'));
    equal(run(unrestricted, 'echo $((1+1)) &').decision.decision, 'allow');
  });

  it('gives every preset its own name', () => {
    for (const name of presetNames) equal(loadPreset(name).name, name);
  });
});
