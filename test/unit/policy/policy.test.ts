import { deepEqual, equal, match, notEqual, throws } from 'node:assert/strict';
import { planCall } from '../../../src/policy/evaluate.js';
import { planProgram } from '../../../src/policy/plan-program.js';
import { hashPolicy, parsePolicy } from '../../../src/policy/policy.js';
import { loadPreset, presetNames } from '../../../src/policy/presets/index.js';

const minimal = { version: 1, name: 'x', files: { read: {}, write: { allowed: false } }, commands: {} };

describe('parsePolicy', () => {
  it('reads back every preset after JSON', () => {
    for (const name of presetNames) {
      const policy = loadPreset(name);
      deepEqual(parsePolicy(JSON.parse(JSON.stringify(policy))), policy);
    }
  });

  const wrong: [string, unknown, RegExp][] = [
    ['nothing', undefined, /policy cannot be used/],
    ['another version', { ...minimal, version: 2 }, /version/],
    ['an unknown key', { ...minimal, comands: {} }, /comands/],
    ['an unknown key of a rule', { ...minimal, commands: { a: { forbidenFlags: [] } } }, /forbidenFlags/],
    ['a program with a path', { ...minimal, commands: { '/bin/a': {} } }, /at commands\["\/bin\/a"\]/],
    ['a flag without a dash', { ...minimal, commands: { a: { forbiddenFlags: ['f'] } } }, /starts with/],
    ['an odd variable', { ...minimal, commands: { a: { environment: { 'A=B': 'x' } } } }, /environment/],
  ];
  for (const [what, value, message] of wrong) {
    it(`refuses ${what}, saying where`, () => throws(() => parsePolicy(value), message));
  }
});

describe('hashPolicy', () => {
  it('does not depend on the order of keys', () => {
    const { commands, ...rest } = loadPreset('developer');
    const turned = { commands: Object.fromEntries(Object.entries(commands).reverse()), ...rest };
    equal(hashPolicy(parsePolicy(turned)), hashPolicy(loadPreset('developer')));
    match(hashPolicy(parsePolicy(minimal)), /^[0-9a-f]{64}$/);
  });

  it('changes with any rule', () => {
    notEqual(hashPolicy(parsePolicy(minimal)), hashPolicy(parsePolicy({ ...minimal, commands: { a: {} } })));
    equal(new Set(presetNames.map((name) => hashPolicy(loadPreset(name)))).size, presetNames.length);
  });
});

describe('the classic list', () => {
  const classic = {
    git: {
      allowed_commands: ['status', 'diff', 'log', 'add', 'commit'],
      forbidden_flags: ['--force', '-f'],
      max_args: 5,
      environment: { GIT_PAGER: 'less' },
    },
    npm: { allowed_commands: ['install', 'test', 'run', 'audit'], forbidden_flags: ['--unsafe-perm'] },
    python: { allowed_commands: ['-m', '-c'] },
    mytool: { forbidden_flags: ['--bad'] },
    other: { allowed_commands: ['*'] },
  };
  const cases: Record<string, string> = {
    'git status': 'git.status',
    'git show': 'git.subcommand',
    'git add -Af': 'git.add.flag',
    'git add --forc': 'git.add.flag',
    'git add 1 2 3 4': 'git.add',
    'git add 1 2 3 4 5': 'git.count',
    'git diff --ext-diff': 'git.diff.flag',
    'npm run build': 'npm.run',
    'npm ci': 'npm.subcommand',
    'npm install --unsafe-perm': 'npm.install.flag',
    'python -m pytest --bad /x': 'python',
    "python -c 'print(1)'": 'python',
    'python x.py': 'python.first',
    'mytool anything': 'mytool',
    'mytool --bad=1': 'mytool.flag',
    'mytool /etc/x': 'mytool.path',
    'other sub': 'other',
    ls: 'default-deny',
  };
  for (const [form, value] of Object.entries({ bare: classic, wrapped: { tools: classic } })) {
    for (const [command, rule] of Object.entries(cases)) {
      it(`${form}: ${command} → ${rule}`, () => {
        const policy = parsePolicy(value);
        equal(planCall(policy, { tool: 'run_command', input: { command, cwd: '' } }).decision.rule, rule);
      });
    }
    it(`${form}: sets the environment over what is known of the tool`, () => {
      const call = { argv: ['git', 'status'], assignments: {}, cwd: '' };
      const { env } = planProgram(parsePolicy(value), call);
      equal(env?.GIT_PAGER, 'less');
      equal(env?.GIT_TERMINAL_PROMPT, '0');
    });
  }
});
